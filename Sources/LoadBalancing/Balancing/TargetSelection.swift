/// Which target of one target group serves the next request.
///
/// A value that reads no clock and asks for no health: whoever owns it tells it both, and tells it when a request that
/// it chose a target for is over.
package struct TargetSelection: Sendable {
    private struct Slot: Sendable {
        let target: Target
        let token: StickyToken
        var outstanding = 0
        var isHealthy = false
        /// A target that comes when no other is healthy has nobody to leave its requests to.
        var startsFull: Bool
        /// Since when its share grows; `nil`: it has its full share.
        var growingSince: Duration?
        /// The part of its next request that a growing target has earned.
        var credit = 0.0

        /// A target's share begins to grow whenever it becomes healthy, and no longer grows once it is not.
        mutating func becomes(healthy: Bool, at now: Duration, grows: Bool) {
            if healthy, !isHealthy {
                growingSince = grows && !startsFull ? now : nil
                credit = 0
                startsFull = false
            } else if !healthy {
                growingSince = nil
            }
            isHealthy = healthy
        }
    }

    private let id: TargetGroupID
    private var configuration = TargetGroupConfiguration()
    private var slots: [Slot] = []
    private var places: [Target: Int] = [:]
    /// The places of those that receive requests.
    private var eligible: [Int] = []
    private var turn = 0

    /// Whether too few targets are healthy, so that all that are active receive requests.
    package private(set) var isFailingOpen = false

    package init(_ id: TargetGroupID) {
        self.id = id
    }

    var stickiness: TargetGroupConfiguration.Stickiness { configuration.stickiness }
    var isSecure: Bool { configuration.isSecure }
    var speaksHTTP2: Bool { configuration.speaksHTTP2 }

    /// Takes over what is configured and what is known of the targets' health. Requests under way stay counted.
    /// - Parameter status: of a target; `nil` and `initial` are the same.
    /// - Parameter now: the time since 1970.
    package mutating func update(
        _ configuration: TargetGroupConfiguration, status: (Target) -> TargetStatus?, now: Duration
    ) {
        self.configuration = configuration
        let known = places.mapValues { slots[$0] }
        let isServed = slots.contains { $0.isHealthy && $0.growingSince == nil }
        slots = configuration.targets.keys.sorted { ($0.address, $0.port) < ($1.address, $1.port) }.map { target in
            known[target] ?? Slot(target: target, token: StickyToken(id, target), startsFull: !isServed)
        }
        places = Dictionary(uniqueKeysWithValues: zip(slots.map(\.target), slots.indices))
        for place in slots.indices {
            let target = slots[place].target
            let isHealthy = configuration.healthCheck == nil || status(target) == .healthy
            slots[place].becomes(
                healthy: isHealthy && configuration.targets[target] == .active, at: now,
                grows: isServed && configuration.growsShares)
            if !configuration.growsShares { slots[place].growingSince = nil }
        }
        let healthy = slots.indices.filter { slots[$0].isHealthy }
        let active = slots.indices.filter { configuration.targets[slots[$0].target] == .active }
        isFailingOpen = configuration.isTooFew(healthy: healthy.count, of: active.count)
        eligible = isFailingOpen ? active : healthy
    }

    /// The target of the next request, which counts as outstanding from now on; `nil` where there is none to choose.
    /// - Parameter token: the target that the client was at before. It is chosen if it receives requests still.
    /// - Parameter now: the time since 1970.
    mutating func choose(
        returningTo token: StickyToken? = nil, now: () -> Duration, using generator: inout some RandomNumberGenerator
    ) -> Target? {
        guard !eligible.isEmpty else { return nil }
        let place = token.flatMap(self.place) ?? nextPlace(now: now, using: &generator)
        slots[place].outstanding += 1
        return slots[place].target
    }

    /// A request to this target is over, however it ended.
    package mutating func finished(_ target: Target) {
        guard let place = places[target] else { return }
        slots[place].outstanding = max(0, slots[place].outstanding - 1)
    }

    /// How many requests this target is busy with.
    package func outstanding(_ target: Target) -> Int {
        places[target].map { slots[$0].outstanding } ?? 0
    }

    private func place(of token: StickyToken) -> Int? {
        eligible.first { slots[$0].token == token }
    }

    private mutating func nextPlace(
        now: () -> Duration, using generator: inout some RandomNumberGenerator
    ) -> Int {
        switch configuration.algorithm {
        case .roundRobin: nextInTurn(now: now)
        case .leastOutstandingRequests: leastBusy()
        case .weightedRandom: eligible[Int.random(in: eligible.indices, using: &generator)]
        }
    }

    private mutating func nextInTurn(now: () -> Duration) -> Int {
        for _ in eligible {
            let place = takeTurn()
            guard let start = slots[place].growingSince else { return place }
            let share = (now() - start) / configuration.slowStart
            if share >= 1 {
                slots[place].growingSince = nil
                return place
            }
            slots[place].credit += share
            if slots[place].credit >= 1 {
                slots[place].credit -= 1
                return place
            }
        }
        return takeTurn()
    }

    /// Of several that are equally busy, the next in turn.
    private mutating func leastBusy() -> Int {
        var best = takeTurn()
        for offset in eligible.indices {
            let place = eligible[(turn + offset) % eligible.count]
            if slots[place].outstanding < slots[best].outstanding { best = place }
        }
        return best
    }

    private mutating func takeTurn() -> Int {
        let place = eligible[turn % eligible.count]
        turn = (turn + 1) % eligible.count
        return place
    }
}

extension TargetGroupConfiguration {
    fileprivate var growsShares: Bool { algorithm == .roundRobin && slowStart > .zero }

    fileprivate func isTooFew(healthy: Int, of active: Int) -> Bool {
        active > 0 && (healthy < minimumHealthyCount || healthy * 100 < active * minimumHealthyPercentage)
    }
}
