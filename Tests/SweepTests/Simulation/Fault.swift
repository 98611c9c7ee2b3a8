import LocalCloud

/// What may befall a call.
enum Fault: String, Sendable, CaseIterable {
    case isThrottled = "is throttled"
    case fails = "fails with 500"
    case timesOut = "times out"
    case isReset = "has its connection reset"
    case losesAnswer = "is carried out and not answered"
    case isTruncated = "is carried out and half answered"
    case isAPage = "is carried out and answered with a page"
    /// Reads only.
    case isStale = "reads what was 5 s ago"

    func rules(_ operation: String) -> [FaultRule] {
        switch self {
        case .isThrottled: [FaultRule(operation, .throttle, count: 1)]
        case .fails:
            [FaultRule(operation, .error(code: "InternalFailure", status: 500, message: "try again"), count: 1)]
        case .isStale: [FaultRule(operation, .staleReads(seconds: 5), count: 1)]
        case .timesOut, .isReset, .losesAnswer, .isTruncated, .isAPage: []
        }
    }
}

/// What befalls the calls of a process.
enum Trouble: Sendable {
    case none
    case one(Fault, operation: String)
    /// Any fault, to this share of all calls.
    case random(Double)

    func fault(_ operation: String, chance: () -> Double) -> Fault? {
        switch self {
        case .none: return nil
        case .one(let fault, let chosen): return operation == chosen ? fault : nil
        case .random(let share):
            guard chance() < share else { return nil }
            return Fault.allCases[Int(chance() * Double(Fault.allCases.count))]
        }
    }
}
