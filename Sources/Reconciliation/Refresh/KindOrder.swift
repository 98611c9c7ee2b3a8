package import ResourceModel

/// Decides which kinds may be asked next: each after the kinds it needs the answers of.
///
/// A pure value. Kinds that need nothing of each other may be asked at the same time.
package struct KindOrder: Sendable {
    private var missing: [KindName: Set<KindName>]

    /// - Parameters:
    ///   - kinds: To be asked.
    ///   - needs: The kinds whose answers each of them needs; those that are not to be asked do not count.
    /// - Precondition: no kind needs its own answer, directly or not.
    package init(_ kinds: Set<KindName>, needs: (KindName) -> [KindName]) {
        missing = Dictionary(uniqueKeysWithValues: kinds.map { ($0, Set(needs($0)).intersection(kinds)) })
    }

    /// Takes the kinds that may be asked now, in the order of their names.
    package mutating func next() -> [KindName] {
        let free = missing.filter { $0.value.isEmpty }.keys.sorted()
        for kind in free { missing[kind] = nil }
        return free
    }

    /// A kind has been asked.
    package mutating func answered(_ kind: KindName) {
        for other in missing.keys { missing[other]?.remove(kind) }
    }
}
