import Foundation
import YAML

/// A value as JSON has it, to compare nodes with the suite.
enum JSONValue: Equatable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case list([JSONValue])
    case map([String: JSONValue])

    init(_ node: YAMLNode) {
        switch node.kind {
        case .sequence:
            self = .list(node.elements.map { JSONValue($0) })
        case .mapping:
            self = .map(Dictionary(node.pairs.map { ($0.key.scalar ?? "", JSONValue($0.value)) }) { first, _ in first })
        case .scalar:
            switch node.value {
            case .null, nil: self = .null
            case .bool(let value): self = .bool(value)
            case .int(let value): self = .number(Double(value))
            case .float(let value): self = .number(value)
            case .string(let value): self = .string(value)
            }
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .map(try container.decode([String: JSONValue].self))
        }
    }

    /// The values of a text in which one JSON value follows the other, each beginning at the start of a line.
    static func stream(_ text: String) throws -> [JSONValue] {
        var values: [JSONValue] = []
        var pending = ""
        for line in text.split(separator: "\n") {
            pending += line + "\n"
            guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(pending.utf8)) else { continue }
            values.append(value)
            pending = ""
        }
        guard pending.isEmpty else { throw CocoaError(.coderReadCorrupt) }
        return values
    }
}
