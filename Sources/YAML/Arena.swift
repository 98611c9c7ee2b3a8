import Diagnostics

/// All nodes of one file in document order, each with the bytes it was read from.
///
/// Invariants, which the views rely on:
/// 1. The children of a collection are the nodes between it and its `subtreeEnd`; the next child begins where the
///    subtree of the one before ends. In a mapping, keys and values take turns.
/// 2. The target of an alias lies before it, is complete, and is no alias.
/// 3. Scalars and aliases have no children.
final class Arena: Sendable {
    let source: SourceText
    let nodes: [Node]
    /// The text of the scalars that is not a stretch of the source: with escapes, folded, or indented.
    let decoded: [UInt8]

    init(source: SourceText, nodes: [Node], decoded: [UInt8]) {
        self.source = source
        self.nodes = nodes
        self.decoded = decoded
    }

    struct Node {
        enum Kind: UInt8 {
            case scalar, sequence, mapping, alias
        }

        var kind: Kind
        var style: YAMLStyle
        var tag: YAMLTag
        /// Of a scalar: whether its text is in ``Arena/decoded``. Of a mapping: whether it has a merge key.
        var flag: Bool
        /// The bytes from its tag or anchor to its end.
        var start: UInt32
        var end: UInt32
        /// Of a scalar, the offset of its text; of a collection, its `subtreeEnd`; of an alias, its target.
        var link: UInt32
        /// The length of a scalar's text.
        var length: UInt32
    }

    /// The node after this one and all it contains.
    func subtreeEnd(_ index: UInt32) -> UInt32 {
        let node = nodes[Int(index)]
        switch node.kind {
        case .scalar, .alias: return index + 1
        case .sequence, .mapping: return node.link
        }
    }

    /// The node that an alias stands for; any other node itself.
    func target(_ index: UInt32) -> UInt32 {
        let node = nodes[Int(index)]
        return node.kind == .alias ? node.link : index
    }

    func text(_ index: UInt32) -> String {
        let node = nodes[Int(index)]
        let range = Int(node.link)..<Int(node.link + node.length)
        return String(decoding: node.flag ? decoded[range] : source.bytes[range], as: UTF8.self)
    }
}

/// How a node is written.
package enum YAMLStyle: UInt8, Sendable {
    /// A scalar without quotes, the only one whose text decides its type.
    case plain
    case singleQuoted, doubleQuoted, literal, folded
    /// A collection by indentation.
    case block
    /// A collection in brackets.
    case flow
}

/// The tags that may be written: those of the core schema.
package enum YAMLTag: UInt8, Sendable {
    /// None: the text of a plain scalar decides.
    case none
    /// `!`: a string whatever it looks like, or what the brackets say.
    case nonSpecific
    case string, int, float, bool, null, sequence, mapping
    /// A tag, an alias or a merge that was reported and cannot be followed: what is meant is not known.
    case refused
}
