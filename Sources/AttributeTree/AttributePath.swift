/// The way from the root of an ``AttributeValue`` to one value in it, such as `containerDefinitions[app].image`.
package struct AttributePath: Sendable, Hashable {
    package enum Element: Sendable, Hashable {
        /// A member of a map.
        case member(String)
        /// An element of an ordered list, from zero.
        case index(Int)
        /// The element of a keyed list whose key field has this value.
        case key(String)
    }

    package var elements: [Element]

    package static let root = AttributePath([])

    package init(_ elements: [Element]) {
        self.elements = elements
    }

    package var isRoot: Bool { elements.isEmpty }

    package func member(_ name: String) -> AttributePath { AttributePath(elements + [.member(name)]) }
    package func index(_ index: Int) -> AttributePath { AttributePath(elements + [.index(index)]) }
    package func key(_ key: String) -> AttributePath { AttributePath(elements + [.key(key)]) }

    /// The path without its last element; the root's parent is the root.
    package var parent: AttributePath { AttributePath(elements.dropLast()) }

    package func starts(with prefix: AttributePath) -> Bool { elements.starts(with: prefix.elements) }

    /// The names of the members on the way, without list positions: what identifies a field of a schema.
    package var fieldNames: [String] {
        elements.compactMap { if case .member(let name) = $0 { name } else { nil } }
    }
}

extension AttributePath: CustomStringConvertible {
    package var description: String {
        var text = ""
        for element in elements {
            switch element {
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += "[\(key)]"
            }
        }
        return text
    }
}

extension AttributePath: ExpressibleByStringLiteral {
    /// A path of members only, separated by dots.
    package init(stringLiteral value: String) {
        self.init(value.split(separator: ".").map { .member(String($0)) })
    }
}

extension AttributePath: Comparable {
    package static func < (left: AttributePath, right: AttributePath) -> Bool {
        left.elements.lexicographicallyPrecedes(right.elements) { $0.order < $1.order }
    }
}

extension AttributePath.Element {
    /// Positions come in numeric order and before names.
    fileprivate var order: (Int, String) {
        switch self {
        case .index(let index): (index, "")
        case .key(let key): (Int.max, key)
        case .member(let name): (Int.max, name)
        }
    }
}

extension AttributeValue {
    /// The value at a path. A ``AttributePath/Element/key(_:)`` finds the element of a list whose member `keyField`
    /// has that value, or the element itself in a list of strings.
    package subscript(path: AttributePath, keyField keyField: String = "name") -> AttributeValue? {
        var value = self
        for element in path.elements {
            let next: AttributeValue? =
                switch element {
                case .member(let name): value[name]
                case .index(let index): value[index]
                case .key(let key):
                    value.listValue?.first { $0 == .string(key) || $0[keyField] == .string(key) }
                }
            guard let next else { return nil }
            value = next
        }
        return value
    }
}
