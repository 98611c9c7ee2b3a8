import AttributeTree

/// Compares a value with its shape, and finds everything that does not fit.
///
/// A client checks the structure only: what values and lengths are allowed is for AWS to say, which extends them at any
/// time. A server checks the limits of the model as well, as AWS's own front ends do.
struct ShapeChecker {
    enum Depth { case structure, limits }

    let depth: Depth
    private(set) var problems: [ShapeProblem] = []

    init(_ depth: Depth) {
        self.depth = depth
    }

    mutating func check(_ value: AttributeValue, against shape: Shape, at path: AttributePath = .root) {
        switch shape.kind {
        case .structure(let structure): checkStructure(value, shape, structure, at: path)
        case .list(let list):
            guard let elements = value.listValue else { return reject(value, shape, at: path) }
            checkLength(elements.count, list.limits, at: path)
            for (index, element) in elements.enumerated() {
                check(element, against: list.element, at: path.index(index))
            }
        case .map(let map):
            guard let members = value.mapValue else { return reject(value, shape, at: path) }
            checkLength(members.count, map.limits, at: path)
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                check(member, against: map.value, at: path.key(name))
            }
        case .string(let text): checkText(value, shape, text, at: path)
        case .integer(let limits):
            // Of 32 bits, as in Smithy.
            guard let number = value.wholeNumber, Int32(exactly: number) != nil else {
                return reject(value, shape, at: path)
            }
            checkRange(number, limits, at: path) { .int($0) }
        case .long(let limits):
            guard let number = value.wholeNumber else { return reject(value, shape, at: path) }
            checkRange(number, limits, at: path) { .int($0) }
        case .float(let limits), .double(let limits):
            guard let number = value.floatingNumber else { return reject(value, shape, at: path) }
            checkRange(number, limits, at: path) { .number($0) }
        case .boolean: if value.boolValue == nil { reject(value, shape, at: path) }
        case .timestamp: if value.doubleValue == nil { reject(value, shape, at: path) }
        case .blob:
            guard let text = value.stringValue, Base64.isValid(text) else { return reject(value, shape, at: path) }
        case .document: break
        }
    }

    private mutating func report(_ reason: ShapeProblem.Reason, at path: AttributePath) {
        problems.append(ShapeProblem(at: path, reason))
    }

    private mutating func reject(_ value: AttributeValue, _ shape: Shape, at path: AttributePath) {
        report(.wrongType(expected: shape.phrase, found: value.typeName), at: path)
    }

    private mutating func checkStructure(
        _ value: AttributeValue, _ shape: Shape, _ structure: Shape.Structure, at path: AttributePath
    ) {
        guard let members = value.mapValue else { return reject(value, shape, at: path) }
        for name in members.keys.sorted() where structure[name] == nil { report(.unknownMember, at: path.member(name)) }
        var count = 0
        for member in structure.members {
            if let value = members[member.name], !value.isNull {
                count += 1
                check(value, against: member.shape, at: path.member(member.name))
            } else if member.isRequired {
                report(.missingMember, at: path.member(member.name))
            }
        }
        if structure.isUnion, count != 1 { report(.notOneMember(count: count), at: path) }
    }

    private mutating func checkText(
        _ value: AttributeValue, _ shape: Shape, _ text: Shape.Text, at path: AttributePath
    ) {
        guard let string = value.stringValue else { return reject(value, shape, at: path) }
        checkLength(string.unicodeScalars.count, text.length, at: path)
        if depth == .limits, !text.values.isEmpty, !text.values.contains(string) {
            report(.unknownValue(string, allowed: text.values), at: path)
        }
    }

    private mutating func checkLength(_ length: Int, _ limits: Shape.Limits<Int>, at path: AttributePath) {
        guard depth == .limits, !limits.contains(length) else { return }
        report(.length(length, minimum: limits.minimum, maximum: limits.maximum), at: path)
    }

    private mutating func checkRange<Number>(
        _ number: Number, _ limits: Shape.Limits<Number>, at path: AttributePath, _ wrap: (Number) -> AttributeValue
    ) {
        guard depth == .limits, !limits.contains(number) else { return }
        report(
            .range(wrap(number), minimum: limits.minimum.map(wrap), maximum: limits.maximum.map(wrap)), at: path)
    }
}

extension AttributeValue {
    /// A whole number, however it is written: `1.0` is one.
    var wholeNumber: Int? {
        switch self {
        case .int(let value): value
        case .number(let value): Int(exactly: value)
        case .null, .bool, .string, .list, .map: nil
        }
    }

    /// A number, or one of the three that JSON lacks and AWS writes as strings.
    var floatingNumber: Double? {
        switch self {
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        case .int, .number, .null, .bool, .string, .list, .map: doubleValue
        }
    }
}

enum Base64 {
    /// Whether this is Base64 with its padding (RFC 4648 §4).
    static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard bytes.count.isMultiple(of: 4), padding <= 2 else { return false }
        return bytes.dropLast(padding).allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
    }
}
