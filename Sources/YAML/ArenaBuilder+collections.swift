import CLibYAML
import Diagnostics

/// A collection whose end has not been read.
struct OpenCollection {
    var node: UInt32
    var anchor: String?
    /// The collections within one another in what has been read of it, itself included.
    var height = 1
    /// ``Expansion/added`` where it began.
    var addedBefore: Int
}

/// What an alias may refer to.
struct Anchor {
    var node: UInt32
    /// Whether the end of the node has been read. An alias inside would make a circle.
    var isComplete: Bool
    /// The nodes it stands for, those behind aliases included.
    var size = 1
    var height = 0
}

/// What the aliases of a document add to the nodes it is written with.
struct Expansion {
    var firstNode = 0
    var added = 0
    /// The alias that brought the document past the limit.
    var culprit: UInt32?
}

extension ArenaBuilder {
    mutating func openCollection(_ kind: Arena.Node.Kind, _ event: UnsafePointer<yaml_event_t>) -> Bool {
        let index = UInt32(nodes.count)
        let start = cursor.byte(ofCharacter: event.pointee.start_mark.index)
        let end = cursor.byte(ofCharacter: event.pointee.end_mark.index)
        guard open.count < limits.depth else {
            report(.nestedTooDeeply(at: source.range(ofBytes: start..<end), limit: limits.depth))
            return false
        }
        var node = Arena.Node(
            kind: kind, style: is_flow(event) == 1 ? .flow : .block, tag: .none, flag: false, start: UInt32(start),
            end: UInt32(end), link: 0, length: 0)
        if event_tag(event) != nil {
            node.tag = tag(of: event, propertiesFrom: start)
            let fitting: YAMLTag = kind == .mapping ? .mapping : .sequence
            if ![.none, .nonSpecific, .refused, fitting].contains(node.tag) {
                report(
                    .tagMismatch(
                        node.tag, found: kind == .mapping ? "a map" : "a list",
                        at: tagRange(from: start) ?? source.range(ofBytes: start..<end)))
                node.tag = .refused
            }
        }
        nodes.append(node)
        var collection = OpenCollection(node: index, addedBefore: expansion.added)
        if let anchor = event_anchor(event) {
            let name = String(cString: anchor)
            anchors[name] = Anchor(node: index, isComplete: false)
            collection.anchor = name
        }
        open.append(collection)
        return true
    }

    mutating func closeCollection(_ event: UnsafePointer<yaml_event_t>) {
        guard let collection = open.popLast() else { return }
        let index = Int(collection.node)
        nodes[index].end = UInt32(cursor.byte(ofCharacter: event.pointee.end_mark.index))
        nodes[index].link = UInt32(nodes.count)
        if !open.isEmpty {
            open[open.count - 1].height = max(open[open.count - 1].height, collection.height + 1)
        }
        if let name = collection.anchor, anchors[name]?.node == collection.node {
            anchors[name] = Anchor(
                node: collection.node, isComplete: true,
                size: saturated(nodes.count - index, plus: expansion.added - collection.addedBefore),
                height: collection.height)
        }
        if nodes[index].kind == .mapping { checkKeys(of: collection.node) }
    }

    /// An alias that cannot be followed becomes a null that is refused.
    mutating func addAlias(_ event: UnsafePointer<yaml_event_t>) {
        let start = cursor.byte(ofCharacter: event.pointee.start_mark.index)
        let end = cursor.byte(ofCharacter: event.pointee.end_mark.index)
        let index = UInt32(nodes.count)
        let name = event_anchor(event).map { String(cString: $0) } ?? ""
        var node = Arena.Node(
            kind: .scalar, style: .plain, tag: .refused, flag: false, start: UInt32(start), end: UInt32(end),
            link: UInt32(start), length: 0)
        let place = source.range(ofBytes: start..<end)
        if let anchor = anchors[name] {
            if !anchor.isComplete {
                report(.cyclicAlias(name, at: place, anchor: range(of: anchor.node)))
            } else if open.count + anchor.height > limits.depth {
                report(.aliasNestedTooDeeply(name, at: place, limit: limits.depth))
            } else {
                node.kind = .alias
                node.tag = .none
                node.link = anchor.node
                follow(anchor, from: index)
            }
        } else {
            // To compare a million aliases with a million anchors would take minutes.
            let isWorthComparing = hasRoomForDiagnostics && anchors.count <= 100
            report(.undefinedAlias(name, at: place, anchors: isWorthComparing ? anchors : [:]))
        }
        nodes.append(node)
    }

    private mutating func follow(_ anchor: Anchor, from alias: UInt32) {
        if !open.isEmpty {
            open[open.count - 1].height = max(open[open.count - 1].height, anchor.height + 1)
        }
        expansion.added = saturated(expansion.added, plus: anchor.size - 1)
        if expansion.culprit == nil, expansion.added > limits.expandedNodes { expansion.culprit = alias }
    }

    /// Leaves out a document that would be too large for whoever walks it.
    mutating func closeDocument() {
        let root = UInt32(expansion.firstNode)
        let written = nodes.count - expansion.firstNode
        let size = saturated(written, plus: expansion.added)
        if let culprit = expansion.culprit, size / limits.expansion > written {
            leftOutDocument = true
            report(.aliasBomb(at: range(of: culprit), nodes: size, written: written))
        } else {
            roots.append(root)
        }
    }
}

/// Sums of exponentially growing sizes stay where they do not overflow.
private func saturated(_ size: Int, plus other: Int) -> Int {
    let (sum, overflow) = size.addingReportingOverflow(other)
    return overflow ? Int.max : sum
}
