/// A shape of AWS's service model: the type of an operation's input or output, or of a part of it.
///
/// A small value that refers to the model it belongs to. Shapes may be recursive, so whoever walks one needs an end of
/// its own; two shapes are equal when they are the same shape of the same model.
package struct Shape: Sendable {
    let table: ShapeTable
    let index: Int

    /// AWS's name for it, unique in its service.
    package var name: String { table.definitions[index].name }

    package var kind: Kind { table.definitions[index].kind }

    /// Whether AWS calls its values sensitive.
    package var isSensitive: Bool { table.definitions[index].isSensitive }

    package enum Kind: Sendable {
        case structure(Structure)
        case list(List)
        case map(Map)
        case string(Text)
        case integer(Limits<Int>)
        case long(Limits<Int>)
        case float(Limits<Double>)
        case double(Limits<Double>)
        case boolean
        case timestamp(Timestamp.Format?)
        case blob(Limits<Int>)
        /// Any value at all.
        case document
    }

    /// The members of a structure, in the order of the service model.
    package struct Structure: Sendable {
        package var members: [Member]
        /// Whether exactly one member is present.
        package var isUnion: Bool

        init(members: [Member], isUnion: Bool = false) {
            self.members = members
            self.isUnion = isUnion
        }

        package subscript(name: String) -> Member? { members.first { $0.name == name } }
    }

    package struct List: Sendable {
        /// How many elements it may have.
        package var limits: Limits<Int>
        /// The element that holds one element in XML and in query parameters.
        package var itemName: String
        fileprivate var elementReference: ShapeReference

        init(of element: ShapeReference, itemName: String?, limits: Limits<Int> = .init()) {
            self.elementReference = element
            self.itemName = itemName ?? "member"
            self.limits = limits
        }

        package var element: Shape { elementReference.shape }
    }

    package struct Map: Sendable {
        package var limits: Limits<Int>
        package var keyName: String
        package var valueName: String
        fileprivate var keyReference: ShapeReference
        fileprivate var valueReference: ShapeReference

        init(
            from key: ShapeReference, to value: ShapeReference, keyName: String?, valueName: String?,
            limits: Limits<Int> = .init()
        ) {
            self.keyReference = key
            self.valueReference = value
            self.keyName = keyName ?? "key"
            self.valueName = valueName ?? "value"
            self.limits = limits
        }

        package var key: Shape { keyReference.shape }
        package var value: Shape { valueReference.shape }
    }

    /// A string, and what AWS's model says about its content.
    package struct Text: Sendable {
        /// The values it may have; empty for any. AWS adds to them without notice.
        package var values: [String]
        package var length: Limits<Int>
        /// A regular expression in Java's notation.
        package var pattern: String?

        init(values: [String] = [], length: Limits<Int> = .init(), pattern: String? = nil) {
            self.values = values
            self.length = length
            self.pattern = pattern
        }
    }

    /// The least and the greatest number, length or count; `nil` where there is no such limit.
    package struct Limits<Value: Comparable & Sendable>: Sendable {
        package var minimum: Value?
        package var maximum: Value?

        package init(minimum: Value? = nil, maximum: Value? = nil) {
            self.minimum = minimum
            self.maximum = maximum
        }

        package func contains(_ value: Value) -> Bool {
            minimum.map { $0 <= value } ?? true && maximum.map { value <= $0 } ?? true
        }
    }
}

extension Shape: Hashable {
    package static func == (left: Shape, right: Shape) -> Bool {
        left.table === right.table && left.index == right.index
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(table))
        hasher.combine(index)
    }
}

extension Shape: CustomStringConvertible {
    package var description: String { name }
}

extension Shape {
    /// The members of a structure; `nil` for every other shape.
    package var structure: Structure? {
        if case .structure(let structure) = kind { structure } else { nil }
    }
}
