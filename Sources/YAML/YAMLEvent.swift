import CLibYAML
package import Diagnostics

/// What libyaml reads, one after the other, before anything is refused or resolved.
///
/// The view that the YAML test suite compares; tags are written out.
package enum YAMLEvent: Sendable, Hashable {
    case streamStart
    case documentStart(isExplicit: Bool)
    case sequenceStart(anchor: String?, tag: String?, style: YAMLStyle)
    case mappingStart(anchor: String?, tag: String?, style: YAMLStyle)
    case scalar(String, anchor: String?, tag: String?, style: YAMLStyle)
    case alias(String)
    case sequenceEnd
    case mappingEnd
    case documentEnd(isExplicit: Bool)
    case streamEnd
}

extension YAMLReader {
    /// The events of a file up to its end or its first syntax error.
    package func events(of source: SourceText) -> (events: [YAMLEvent], diagnostics: [Diagnostic]) {
        switch Encoding(of: source, limits: limits) {
        case .refused(let diagnostic):
            return ([], [diagnostic])
        case .utf8(let origin, let isASCII):
            return source.bytes.withUnsafeBufferPointer { bytes in
                var events: [YAMLEvent] = []
                let parser = EventParser(UnsafeBufferPointer(rebasing: bytes[origin...]))
                while parser.advance() {
                    guard let event = YAMLEvent(parser.event) else { continue }
                    events.append(event)
                    if event == .streamEnd { return (events, []) }
                }
                var cursor = CharacterCursor(bytes, origin: origin, isASCII: isASCII)
                return (events, [.syntax(parser.problem, in: source, origin: origin, cursor: &cursor)])
            }
        }
    }
}

extension YAMLEvent {
    fileprivate init?(_ event: UnsafePointer<yaml_event_t>) {
        let anchor = event_anchor(event).map { String(cString: $0) }
        let tag = event_tag(event).map { String(cString: $0) }
        switch event.pointee.type {
        case YAML_STREAM_START_EVENT: self = .streamStart
        case YAML_DOCUMENT_START_EVENT: self = .documentStart(isExplicit: is_implicit(event) == 0)
        case YAML_SEQUENCE_START_EVENT:
            self = .sequenceStart(anchor: anchor, tag: tag, style: is_flow(event) == 1 ? .flow : .block)
        case YAML_MAPPING_START_EVENT:
            self = .mappingStart(anchor: anchor, tag: tag, style: is_flow(event) == 1 ? .flow : .block)
        case YAML_SCALAR_EVENT:
            let text = UnsafeBufferPointer(start: scalar_text(event), count: scalar_length(event))
            self = .scalar(
                String(decoding: text, as: UTF8.self), anchor: anchor, tag: tag,
                style: YAMLStyle(scalar_style(event)))
        case YAML_ALIAS_EVENT: self = .alias(anchor ?? "")
        case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
        case YAML_MAPPING_END_EVENT: self = .mappingEnd
        case YAML_DOCUMENT_END_EVENT: self = .documentEnd(isExplicit: is_implicit(event) == 0)
        case YAML_STREAM_END_EVENT: self = .streamEnd
        default: return nil
        }
    }
}

extension YAMLStyle {
    init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}
