package import Diagnostics

/// A node of a document: a scalar, a list or a mapping, with its place.
///
/// A cheap reference into the arena of its file. An alias is seen as the node it stands for; only ``range`` still tells
/// where the alias is.
package struct YAMLNode: Sendable {
    package enum Kind: Sendable {
        case scalar, sequence, mapping
    }

    let arena: Arena
    let index: UInt32
    /// The alias through which it was reached, or the node itself.
    private let site: UInt32

    init(_ arena: Arena, at site: UInt32) {
        self.arena = arena
        self.site = site
        self.index = arena.target(site)
    }

    var stored: Arena.Node { arena.nodes[Int(index)] }

    package var kind: Kind {
        switch stored.kind {
        case .scalar, .alias: .scalar
        case .sequence: .sequence
        case .mapping: .mapping
        }
    }

    package var style: YAMLStyle { stored.style }
    package var tag: YAMLTag { stored.tag }

    /// Where it stands in the file, its first line only. For an alias, that is the alias.
    package var range: SourceRange { range(of: site) }

    /// Where the node an alias stands for is written; `nil` for what is not an alias.
    package var anchoredRange: SourceRange? { site == index ? nil : range(of: index) }

    private func range(of index: UInt32) -> SourceRange {
        let node = arena.nodes[Int(index)]
        return arena.source.range(ofBytes: Int(node.start)..<Int(node.end))
    }

    /// The text of a scalar as its style says it is read, whatever its type: `1.10` keeps its zero.
    package var scalar: String? {
        stored.kind == .scalar ? arena.text(index) : nil
    }

    /// What a scalar means under the core schema of YAML 1.2.
    package var value: YAMLScalarValue? {
        scalar.flatMap { CoreSchema.value(of: $0, tag: stored.tag, style: stored.style) }
    }

    /// Whether a mistake in it has been reported that leaves open what is meant: a reader has nothing to add. Of a mapping,
    /// members may be missing.
    package var isRefused: Bool { stored.tag == .refused }

    package var isNull: Bool { value == .null }

    /// The elements of a list; none for any other node.
    package var elements: [YAMLNode] {
        guard stored.kind == .sequence else { return [] }
        return children.map { YAMLNode(arena, at: $0) }
    }

    /// The nodes directly in a collection, keys and values in turn.
    var children: some Sequence<UInt32> {
        let end = arena.subtreeEnd(index)
        return sequence(first: index + 1) { [arena] in arena.subtreeEnd($0) }.prefix { $0 < end }
    }
}
