package import Diagnostics

/// Reads YAML into documents of nodes that know their places.
///
/// It never throws and never stops at the first mistake it can get past: duplicate keys, unknown tags and undefined
/// aliases are all reported, and the documents are returned beside the diagnostics so that their readers can add theirs. A
/// syntax error ends the file; the documents before it are returned.
package struct YAMLReader: Sendable {
    package var limits: YAMLLimits

    package init(limits: YAMLLimits = .standard) {
        self.limits = limits
    }

    package func read(_ source: SourceText) -> YAMLFile {
        switch Encoding(of: source, limits: limits) {
        case .refused(let diagnostic):
            return YAMLFile(source: source, documents: [], isComplete: false, diagnostics: [diagnostic])
        case .utf8(let origin, let isASCII):
            return source.bytes.withUnsafeBufferPointer { bytes in
                let cursor = CharacterCursor(bytes, origin: origin, isASCII: isASCII)
                var builder = ArenaBuilder(source: source, bytes: bytes, cursor: cursor, limits: limits)
                let parser = EventParser(UnsafeBufferPointer(rebasing: bytes[origin...]))
                while parser.advance() {
                    guard builder.add(parser.event) else { return builder.finish() }
                }
                builder.report(parser.problem, origin: origin)
                return builder.finish()
            }
        }
    }
}

/// What was read from one file.
package struct YAMLFile: Sendable {
    package let source: SourceText
    package let documents: [YAMLDocument]
    /// Whether these are all there are: there may be more after a syntax error, and what aliases blow up is left out.
    package let isComplete: Bool
    package let diagnostics: [Diagnostic]

    init(source: SourceText, documents: [YAMLDocument], isComplete: Bool, diagnostics: [Diagnostic]) {
        self.source = source
        self.documents = documents
        self.isComplete = isComplete
        self.diagnostics = diagnostics
    }
}

/// One of the documents of a file, which `---` separates.
package struct YAMLDocument: Sendable {
    /// An empty document has a root that is null.
    package let root: YAMLNode

    init(root: YAMLNode) {
        self.root = root
    }
}
