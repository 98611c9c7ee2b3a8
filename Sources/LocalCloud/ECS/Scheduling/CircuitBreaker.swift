import AttributeTree

/// When a deployment is given up: after so many tasks failed since one was last healthy.
struct CircuitBreaker: Sendable, Equatable {
    enum Threshold: Sendable, Equatable {
        case count(Int)
        /// Of the desired count, at least 3 and at most 200.
        case boundedPercent(Int)
        /// Of the desired count.
        case unboundedPercent(Int)
    }

    var isEnabled: Bool
    var rollsBack: Bool
    /// Whether a healthy task sets the count of failures back to zero.
    var resetsOnHealthyTask: Bool
    var threshold: Threshold

    /// - Parameter deploymentConfiguration: of a service.
    init(_ deploymentConfiguration: AttributeValue?) {
        let settings = deploymentConfiguration?["deploymentCircuitBreaker"]
        isEnabled = settings?["enable"]?.boolValue ?? false
        rollsBack = settings?["rollback"]?.boolValue ?? false
        resetsOnHealthyTask = settings?["resetOnHealthyTask"]?.boolValue ?? true
        let value = settings?["thresholdConfiguration"]?["value"]?.intValue ?? 50
        threshold =
            switch settings?["thresholdConfiguration"]?["type"]?.stringValue {
            case "COUNT": .count(value)
            case "UNBOUNDED_PERCENT": .unboundedPercent(value)
            default: .boundedPercent(value)
            }
    }

    /// How many failures it takes; a part of a task counts as one.
    func failuresAllowed(desired: Int) -> Int {
        switch threshold {
        case .count(let count): max(1, count)
        case .boundedPercent(let percent): min(200, max(3, (desired * percent + 99) / 100))
        case .unboundedPercent(let percent): max(1, (desired * percent + 99) / 100)
        }
    }

    func isTriggered(failedTasks: Int, desired: Int) -> Bool {
        isEnabled && failedTasks >= failuresAllowed(desired: desired)
    }
}
