import Diagnostics

/// A key of the mapping that is being checked.
struct MappingKey {
    /// The length and the first bytes of its text, which tell most keys apart.
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
        var typed = 0
        var site = mapping + 1
        while site < UInt32(nodes.count) {
            let scalar = target(site)
            let value = subtreeEnd(site)
            if nodes[Int(scalar)].kind == .scalar {
                let key = key(scalar, at: site)
                keys.append(key)
                typed += mayBeTyped(scalar) ? 1 : 0
                if key.fingerprint == mergeFingerprint, isMergeKey(site) {
                    nodes[Int(mapping)].flag = true
                    checkMerge(value, into: mapping)
                }
            }
            site = subtreeEnd(value)
        }
        var repeated = repeatedTexts()
        if typed > 1 { repeated += repeatedValues() }
        if !repeated.isEmpty { reportDuplicates(repeated) }
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

    @inline(__always)
    private func key(_ scalar: UInt32, at site: UInt32) -> MappingKey {
        let fingerprint = withText(of: scalar) { text in
            var fingerprint = UInt64(truncatingIfNeeded: text.count)
            for byte in text.prefix(7) { fingerprint = fingerprint << 8 | UInt64(byte) }
            return fingerprint
        }
        return MappingKey(fingerprint: fingerprint, scalar: scalar, site: site)
    }

    @inline(__always)
    private func target(_ index: UInt32) -> UInt32 {
        nodes[Int(index)].kind == .alias ? nodes[Int(index)].link : index
    }

    @inline(__always)
    private func subtreeEnd(_ index: UInt32) -> UInt32 {
        switch nodes[Int(index)].kind {
        case .scalar, .alias: index + 1
        case .sequence, .mapping: nodes[Int(index)].link
        }
    }
}

// Keys that are the same.
extension ArenaBuilder {
    /// Compares each pair when there are few; sorts when there are many.
    private func repeatedTexts() -> [(site: UInt32, first: UInt32)] {
        var repeated: [(site: UInt32, first: UInt32)] = []
        if keys.count <= 16 {
            for later in keys.indices.dropFirst() {
                for earlier in 0..<later where keys[earlier].fingerprint == keys[later].fingerprint {
                    guard order(keys[earlier], keys[later]) == 0 else { continue }
                    repeated.append((keys[later].site, keys[earlier].site))
                    break
                }
            }
        } else {
            let sorted = keys.sorted {
                let order = order($0, $1)
                return order == 0 ? $0.site < $1.site : order < 0
            }
            var first = sorted[0]
            for key in sorted.dropFirst() {
                if order(first, key) == 0 { repeated.append((key.site, first.site)) } else { first = key }
            }
        }
        return repeated
    }

    /// Any total order in which only equal texts are equal.
    private func order(_ left: MappingKey, _ right: MappingKey) -> Int {
        if left.fingerprint != right.fingerprint { return left.fingerprint < right.fingerprint ? -1 : 1 }
        return withText(of: left.scalar) { left in
            withText(of: right.scalar) { right in
                if left.elementsEqual(right) { return 0 }
                return left.lexicographicallyPrecedes(right) ? -1 : 1
            }
        }
    }

    /// Whether a key can be anything but a string; only then its value is worth looking at.
    @inline(__always)
    private func mayBeTyped(_ scalar: UInt32) -> Bool {
        let node = nodes[Int(scalar)]
        guard node.tag == .none else { return true }
        return node.style == .plain && withText(of: scalar, CoreSchema.mayBeTyped)
    }

    private func repeatedValues() -> [(site: UInt32, first: UInt32)] {
        var repeated: [(site: UInt32, first: UInt32)] = []
        var sites: [YAMLScalarValue: UInt32] = [:]
        for key in keys where mayBeTyped(key.scalar) {
            let node = nodes[Int(key.scalar)]
            let value = CoreSchema.value(of: string(of: key.scalar), tag: node.tag, style: node.style)
            guard let value else { continue }
            if let first = sites[value] { repeated.append((key.site, first)) } else { sites[value] = key.site }
        }
        return repeated
    }
}

/// The fingerprint of `<<`.
private let mergeFingerprint: UInt64 = 2 << 16 | UInt64(UInt8(ascii: "<")) << 8 | UInt64(UInt8(ascii: "<"))

// Merge keys.
extension ArenaBuilder {
    private func isMergeKey(_ index: UInt32) -> Bool {
        let node = nodes[Int(index)]
        return node.kind == .scalar && node.style == .plain && node.tag == .none && string(of: index) == "<<"
    }

    private mutating func checkMerge(_ value: UInt32, into mapping: UInt32) {
        let merged = target(value)
        switch nodes[Int(merged)].kind {
        case .mapping: return
        case .scalar, .alias: refuseMerge(of: value, into: mapping)
        case .sequence:
            var element = merged + 1
            while element < nodes[Int(merged)].link {
                if nodes[Int(target(element))].kind != .mapping { refuseMerge(of: element, into: mapping) }
                element = subtreeEnd(element)
            }
        }
    }

    private mutating func refuseMerge(of value: UInt32, into mapping: UInt32) {
        nodes[Int(mapping)].tag = .refused
        // An alias that cannot be followed has been reported.
        guard nodes[Int(value)].tag != .refused else { return }
        report(.unmergeable(at: range(of: value)))
    }
}
