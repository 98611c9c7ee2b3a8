import Synchronization

/// The faults that are to happen now, for everybody who answers or asks for them.
final class FaultInjector: Sendable {
    private let plan = Mutex(FaultPlan())
    private let engine: CloudEngine

    init(engine: CloudEngine) {
        self.engine = engine
    }

    var rules: [FaultRule] { plan.withLock { $0.rules } }

    func add(_ rules: [FaultRule], seed: UInt64?) {
        let staleness = plan.withLock { plan in
            plan = seed.map { FaultPlan(rules: plan.rules + rules, seed: $0) } ?? plan
            if seed == nil { plan.rules += rules }
            return plan.staleness
        }
        engine.keepHistory(seconds: staleness)
    }

    func removeAll() {
        plan.withLock { $0.rules = [] }
        engine.keepHistory(seconds: nil)
    }

    func decide(_ service: String, _ operation: String) -> FaultPlan.Decision {
        let isRead = ["Describe", "List", "Get", "Head"].contains { operation.hasPrefix($0) }
        return plan.withLock { $0.decide(service, operation, isRead: isRead) }
    }
}
