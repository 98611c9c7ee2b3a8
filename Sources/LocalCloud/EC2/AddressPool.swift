/// Gives the addresses of a block out one after the other, so that one that was given back comes again only after all
/// the others: what still remembers it does not meet somebody else there.
struct AddressPool: Sendable, Hashable, Codable {
    private let range: IPv4Range
    private let usable: Range<Int>
    private var next: Int
    private var taken: Set<Int> = []

    /// - Parameter usable: the distances from the first address of those that may be given out.
    init(_ range: IPv4Range, usable: Range<Int>) {
        self.range = range
        self.usable = usable
        next = usable.lowerBound
    }

    var freeCount: Int { usable.count - taken.count }

    /// When none is free, one is given out a second time.
    mutating func take() -> String {
        let order = [next..<usable.upperBound, usable.lowerBound..<next].joined()
        let offset = order.first { !taken.contains($0) } ?? next
        taken.insert(offset)
        next = offset + 1 < usable.upperBound ? offset + 1 : usable.lowerBound
        return range.address(at: offset)
    }

    /// Does nothing for an address of another block.
    mutating func release(_ address: String) {
        if let offset = range.offset(of: address) { taken.remove(offset) }
    }
}
