extension YAMLNode {
    package struct Pair: Sendable {
        package let key: YAMLNode
        package let value: YAMLNode
    }

    /// The members of a mapping as its reader should see them, none for any other node: first those written in it, in
    /// their order, then those that merge keys (`<<`) bring and that are not there yet, earlier maps first.
    package var pairs: [Pair] {
        guard stored.kind == .mapping else { return [] }
        guard stored.flag else { return writtenPairs }
        var members: [Pair] = []
        var names: Set<String> = []
        collectPairs(into: &members, names: &names)
        return members
    }

    /// The value of a member, of which the first counts if it was refused as a duplicate.
    package subscript(name: String) -> YAMLNode? {
        pairs.first { $0.key.scalar == name }?.value
    }

    private var writtenPairs: [Pair] {
        var pairs: [Pair] = []
        var key: UInt32?
        for child in children {
            if let site = key {
                pairs.append(Pair(key: YAMLNode(arena, at: site), value: YAMLNode(arena, at: child)))
                key = nil
            } else {
                key = child
            }
        }
        return pairs
    }

    private func collectPairs(into members: inout [Pair], names: inout Set<String>) {
        var merged: [YAMLNode] = []
        for pair in writtenPairs {
            if pair.key.isMergeKey {
                merged += pair.value.kind == .sequence ? pair.value.elements : [pair.value]
            } else if pair.key.scalar.map({ names.insert($0).inserted }) ?? true {
                members.append(pair)
            }
        }
        for mapping in merged where mapping.kind == .mapping {
            mapping.collectPairs(into: &members, names: &names)
        }
    }

    private var isMergeKey: Bool { stored.style == .plain && stored.tag == .none && scalar == "<<" }
}
