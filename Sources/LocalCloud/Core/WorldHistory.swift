/// The worlds of the last seconds, for reads that are answered late.
struct WorldHistory: Sendable {
    /// How many seconds back it reaches.
    var span: Double = 0
    /// Oldest first, never empty.
    private var entries: [(moment: Moment, world: World)]

    init(_ world: World, at moment: Moment) {
        entries = [(moment, world)]
    }

    mutating func record(_ world: World, at moment: Moment) {
        entries.append((moment, world))
        // The last one before the span is what it was when the span begins.
        let begin = entries.lastIndex { moment - $0.moment > span } ?? 0
        entries.removeFirst(begin)
    }

    /// As it was at that time, or the oldest there is.
    func world(at moment: Moment) -> World {
        (entries.last { $0.moment <= moment } ?? entries[0]).world
    }
}
