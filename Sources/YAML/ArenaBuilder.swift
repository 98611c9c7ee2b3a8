import CLibYAML
import Diagnostics

/// Builds the arena of one file from libyaml's events, and the diagnostics on the way.
///
/// A value in a local variable of the reader: as a class its fields would be checked for exclusive access at each event.
struct ArenaBuilder {
    let source: SourceText
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: YAMLLimits
    var cursor: CharacterCursor
    var nodes: [Arena.Node] = []
    var decoded: [UInt8] = []
    var diagnostics: [Diagnostic] = []
    /// Scratch space of ``checkKeys(of:)``.
    var keys: [MappingKey] = []

    var roots: [UInt32] = []
    /// Whether the end of the file was reached, and no document left out on the way.
    private var reachedEnd = false
    var leftOutDocument = false
    var open: [OpenCollection] = []
    var anchors: [String: Anchor] = [:]
    var expansion = Expansion()

    init(source: SourceText, bytes: UnsafeBufferPointer<UInt8>, cursor: CharacterCursor, limits: YAMLLimits) {
        self.source = source
        self.bytes = bytes
        self.cursor = cursor
        self.limits = limits
        // Manifests have a node for every ten bytes; what is reserved too much is never touched.
        nodes.reserveCapacity(bytes.count / 8)
    }

    /// Takes in the next event; `false` at the end of the stream, and where reading on is pointless.
    mutating func add(_ event: UnsafePointer<yaml_event_t>) -> Bool {
        switch event.pointee.type {
        case YAML_SCALAR_EVENT: addScalar(event)
        case YAML_SEQUENCE_START_EVENT: return openCollection(.sequence, event)
        case YAML_MAPPING_START_EVENT: return openCollection(.mapping, event)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: closeCollection(event)
        case YAML_ALIAS_EVENT: addAlias(event)
        case YAML_DOCUMENT_START_EVENT:
            anchors.removeAll()
            expansion = Expansion(firstNode: nodes.count)
        case YAML_DOCUMENT_END_EVENT: closeDocument()
        case YAML_STREAM_END_EVENT:
            reachedEnd = true
            return false
        default: break
        }
        return true
    }

    consuming func finish() -> YAMLFile {
        let arena = Arena(source: source, nodes: nodes, decoded: decoded)
        return YAMLFile(
            source: source, documents: roots.map { YAMLDocument(root: YAMLNode(arena, at: $0)) },
            isComplete: reachedEnd && !leftOutDocument, diagnostics: diagnostics)
    }

    var hasRoomForDiagnostics: Bool { diagnostics.count < limits.diagnostics }

    mutating func report(_ diagnostic: Diagnostic) {
        guard hasRoomForDiagnostics else { return }
        diagnostics.append(diagnostic)
        if !hasRoomForDiagnostics {
            diagnostics[diagnostics.count - 1] = .moreErrors(in: source, after: diagnostic.range)
        }
    }

    mutating func report(_ problem: SyntaxProblem, origin: Int) {
        report(.syntax(problem, in: source, origin: origin, cursor: &cursor))
    }

    /// The part of a node's first line that it takes.
    func range(of node: UInt32) -> SourceRange {
        source.range(ofBytes: Int(nodes[Int(node)].start)..<Int(nodes[Int(node)].end))
    }
}

// Scalars.
extension ArenaBuilder {
    private mutating func addScalar(_ event: UnsafePointer<yaml_event_t>) {
        let index = UInt32(nodes.count)
        let start = cursor.byte(ofCharacter: event.pointee.start_mark.index)
        let end = cursor.byte(ofCharacter: event.pointee.end_mark.index)
        let length = scalar_length(event)
        let style = YAMLStyle(scalar_style(event))
        // Its last characters are its text unless it has escapes, is folded or indented; then it is kept apart.
        var text = end - length - (style == .singleQuoted || style == .doubleQuoted ? 1 : 0)
        let isSource = text >= start && bytes.baseAddress.map { scalar_is(event, $0 + text) == 1 } == true
        if !isSource {
            text = decoded.count
            decoded.append(contentsOf: UnsafeBufferPointer(start: scalar_text(event), count: length))
        }
        var node = Arena.Node(
            kind: .scalar, style: style, tag: .none, flag: !isSource, start: UInt32(start), end: UInt32(end),
            link: UInt32(text), length: UInt32(length))
        if scalar_tag(event) != nil || (style == .plain && isSource && text > start) {
            node.tag = tag(of: event, propertiesFrom: start)
        }
        nodes.append(node)
        if node.tag != .none { checkTag(ofScalar: index) }
        if let anchor = scalar_anchor(event) {
            anchors[String(cString: anchor)] = Anchor(node: index, isComplete: true)
        }
    }

    private mutating func checkTag(ofScalar index: UInt32) {
        let node = nodes[Int(index)]
        let text = string(of: index)
        guard CoreSchema.value(of: text, tag: node.tag, style: node.style) == nil else { return }
        report(.tagMismatch(node.tag, found: "\"\(text)\"", at: range(of: index)))
        nodes[Int(index)].tag = .refused
    }

    /// Hands out the bytes of a scalar's text.
    @inline(__always)
    func withText<Result>(of scalar: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let node = nodes[Int(scalar)]
        let range = Int(node.link)..<Int(node.link + node.length)
        guard node.flag else { return body(UnsafeBufferPointer(rebasing: bytes[range])) }
        return decoded.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    func string(of scalar: UInt32) -> String {
        withText(of: scalar) { String(decoding: $0, as: UTF8.self) }
    }
}
