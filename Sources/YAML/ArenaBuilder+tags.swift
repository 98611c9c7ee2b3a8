import CLibYAML
import Diagnostics

extension YAMLTag {
    private static let namespace = "tag:yaml.org,2002:"

    init?(uri: String) {
        guard uri.hasPrefix(Self.namespace) else {
            guard uri == "!" else { return nil }
            self = .nonSpecific
            return
        }
        switch uri.dropFirst(Self.namespace.count) {
        case "str": self = .string
        case "int": self = .int
        case "float": self = .float
        case "bool": self = .bool
        case "null": self = .null
        case "seq": self = .sequence
        case "map": self = .mapping
        default: return nil
        }
    }
}

extension ArenaBuilder {
    /// The tag of a node that has one, or at least an anchor; reports one that is unknown.
    mutating func tag(of event: UnsafePointer<yaml_event_t>, propertiesFrom start: Int) -> YAMLTag {
        guard let uri = event_tag(event) else {
            // libyaml forgets the tag `!` of a plain scalar.
            return tagRange(from: start)?.length == 1 ? .nonSpecific : .none
        }
        if let tag = YAMLTag(uri: String(cString: uri)) { return tag }
        report(.unknownTag(String(cString: uri), at: tagRange(from: start) ?? source.restOfLine(fromByte: start)))
        return .refused
    }

    /// The tag among a node's properties, of which an anchor may come first.
    func tagRange(from start: Int) -> SourceRange? {
        var rest = bytes[start...]
        for _ in 0..<2 {
            let property = rest.prefix { !Self.endsProperty($0) }
            if property.first == UInt8(ascii: "!") {
                return source.range(ofBytes: property.startIndex..<property.endIndex)
            }
            guard property.first == UInt8(ascii: "&") else { return nil }
            rest = rest[property.endIndex...].drop(while: Self.endsProperty)
        }
        return nil
    }

    private static func endsProperty(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || byte == UInt8(ascii: ",")
    }
}
