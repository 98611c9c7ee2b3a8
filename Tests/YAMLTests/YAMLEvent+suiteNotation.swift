import YAML

extension YAMLEvent {
    /// The line of an event in the suite's `test.event` files.
    var suiteNotation: String {
        switch self {
        case .streamStart: "+STR"
        case .streamEnd: "-STR"
        case .documentStart(let isExplicit): isExplicit ? "+DOC ---" : "+DOC"
        case .documentEnd(let isExplicit): isExplicit ? "-DOC ..." : "-DOC"
        case .sequenceStart(let anchor, let tag, let style):
            (style == .flow ? "+SEQ []" : "+SEQ") + Self.properties(anchor, tag)
        case .sequenceEnd: "-SEQ"
        case .mappingStart(let anchor, let tag, let style):
            (style == .flow ? "+MAP {}" : "+MAP") + Self.properties(anchor, tag)
        case .mappingEnd: "-MAP"
        case .alias(let name): "=ALI *\(name)"
        case .scalar(let text, let anchor, let tag, let style):
            "=VAL\(Self.properties(anchor, tag)) \(Self.indicator(style))\(Self.escaped(text))"
        }
    }

    private static func properties(_ anchor: String?, _ tag: String?) -> String {
        (anchor.map { " &\($0)" } ?? "") + (tag.map { " <\($0)>" } ?? "")
    }

    private static func indicator(_ style: YAMLStyle) -> String {
        switch style {
        case .plain, .block, .flow: ":"
        case .singleQuoted: "'"
        case .doubleQuoted: "\""
        case .literal: "|"
        case .folded: ">"
        }
    }

    private static func escaped(_ text: String) -> String {
        String(text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined())
    }

    private static let escapes: [Unicode.Scalar: String] = [
        "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{8}": "\\b", "\0": "\\0",
    ]
}
