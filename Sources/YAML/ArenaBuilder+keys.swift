import Diagnostics

/// A key of the mapping that is being checked.
struct MappingKey {
    /// Equal for equal texts.
    var fingerprint: UInt64
    /// The scalar, which an alias may stand for.
    var scalar: UInt32
    /// The node in the place of the key.
    var site: UInt32
}

/// Checks a mapping once it is complete: no key twice, and merge keys with what can be merged.
///
/// Keys are the same if they have the same text, or different texts for the same number, boolean or null (`0x10` and
/// `16`). `1` and `"1"` are refused too: YAML keeps them apart, but whoever reads a map by the names of its members
/// does not. Keys that are collections are not compared.
extension ArenaBuilder {
    mutating func checkKeys(of mapping: UInt32) {
        keys.removeAll(keepingCapacity: true)
        var typed: [YAMLScalarValue: UInt32] = [:]
        var repeated: [(site: UInt32, first: UInt32)] = []
        var site = mapping + 1
        while site < UInt32(nodes.count) {
            let value = subtreeEnd(site)
            let scalar = target(site)
            if nodes[Int(scalar)].kind == .scalar {
                if isMergeKey(site) {
                    nodes[Int(mapping)].flag = true
                    checkMerge(value)
                }
                let key = MappingKey(fingerprint: fingerprint(of: scalar), scalar: scalar, site: site)
                keys.append(key)
                if let value = typedValue(of: scalar) {
                    if let first = typed[value] { repeated.append((site, first)) } else { typed[value] = site }
                }
            }
            site = subtreeEnd(value)
        }
        findRepeatedTexts(&repeated)
        guard !repeated.isEmpty else { return }
        reportDuplicates(repeated)
    }

    private mutating func reportDuplicates(_ repeated: [(site: UInt32, first: UInt32)]) {
        var reported: UInt32?
        for (site, first) in repeated.sorted(by: { ($0.site, $0.first) < ($1.site, $1.first) }) where site != reported {
            reported = site
            report(
                isMergeKey(site)
                    ? .duplicateMergeKey(at: range(of: site), first: range(of: first))
                    : .duplicateKey(string(of: target(site)), at: range(of: site), first: range(of: first)))
        }
    }

    /// Each pair when there are few; by sorting when there are many.
    private func findRepeatedTexts(_ repeated: inout [(site: UInt32, first: UInt32)]) {
        if keys.count <= 16 {
            for later in keys.indices.dropFirst() {
                for earlier in 0..<later where keys[earlier].fingerprint == keys[later].fingerprint {
                    guard compare(keys[earlier], keys[later]) == 0 else { continue }
                    repeated.append((keys[later].site, keys[earlier].site))
                    break
                }
            }
        } else {
            let sorted = keys.sorted {
                let order = compare($0, $1)
                return order == 0 ? $0.site < $1.site : order < 0
            }
            var first = sorted[0]
            for key in sorted.dropFirst() {
                if compare(first, key) == 0 { repeated.append((key.site, first.site)) } else { first = key }
            }
        }
    }

    /// Any total order in which only equal texts are equal.
    private func compare(_ left: MappingKey, _ right: MappingKey) -> Int {
        if left.fingerprint != right.fingerprint { return left.fingerprint < right.fingerprint ? -1 : 1 }
        return withText(of: left.scalar) { left in
            withText(of: right.scalar) { right in
                if left.elementsEqual(right) { return 0 }
                return left.lexicographicallyPrecedes(right) ? -1 : 1
            }
        }
    }

    /// The length and the first bytes, which tell most keys apart.
    private func fingerprint(of scalar: UInt32) -> UInt64 {
        withText(of: scalar) { text in
            var fingerprint = UInt64(truncatingIfNeeded: text.count)
            for byte in text.prefix(7) { fingerprint = fingerprint << 8 | UInt64(byte) }
            return fingerprint
        }
    }

    /// What a plain or tagged key means, unless it is a string.
    private func typedValue(of scalar: UInt32) -> YAMLScalarValue? {
        let node = nodes[Int(scalar)]
        guard node.style == .plain || node.tag != .none else { return nil }
        if node.tag == .none, withText(of: scalar, { $0.first.map(CoreSchema.beginsString) ?? false }) { return nil }
        let value = CoreSchema.value(of: string(of: scalar), tag: node.tag, style: node.style)
        if case .string = value { return nil }
        return value
    }

    private func target(_ index: UInt32) -> UInt32 {
        nodes[Int(index)].kind == .alias ? nodes[Int(index)].link : index
    }

    private func subtreeEnd(_ index: UInt32) -> UInt32 {
        let node = nodes[Int(index)]
        return node.kind == .sequence || node.kind == .mapping ? node.link : index + 1
    }
}

// Merge keys.
extension ArenaBuilder {
    private func isMergeKey(_ index: UInt32) -> Bool {
        let node = nodes[Int(index)]
        guard node.kind == .scalar, node.style == .plain, node.length == 2, node.tag == .none else { return false }
        return withText(of: index) { $0[0] == UInt8(ascii: "<") && $0[1] == UInt8(ascii: "<") }
    }

    private mutating func checkMerge(_ value: UInt32) {
        let merged = target(value)
        switch nodes[Int(merged)].kind {
        case .mapping: return
        case .scalar, .alias: report(.unmergeable(at: range(of: value)))
        case .sequence:
            var element = merged + 1
            while element < nodes[Int(merged)].link {
                if nodes[Int(target(element))].kind != .mapping { report(.unmergeable(at: range(of: element))) }
                element = subtreeEnd(element)
            }
        }
    }
}
