/// Decides which calls something goes wrong with. A pure value: the same seed and the same calls give the same faults.
package struct FaultPlan: Sendable {
    /// What befalls one call.
    package struct Decision: Sendable, Hashable {
        package var delayMilliseconds = 0
        /// `nil`: what was asked is done.
        package var refusal: FaultRule.Kind?
        package var dropsAnswer = false
        package var staleSeconds: Double?
    }

    package var rules: [FaultRule] { didSet { rules.removeAll { $0.count == 0 } } }
    private var random: UInt64

    package init(rules: [FaultRule] = [], seed: UInt64 = 0) {
        self.rules = rules
        random = seed
    }

    /// How far back the worlds are needed; `nil` where none is.
    package var staleness: Double? {
        rules.compactMap { if case .staleReads(let seconds) = $0.kind { seconds } else { nil } }.max()
    }

    /// - Parameter isRead: whether the operation changes nothing.
    package mutating func decide(_ service: String, _ operation: String, isRead: Bool) -> Decision {
        var decision = Decision()
        var rules = rules
        for index in rules.indices where rules[index].befalls(service, operation) {
            let rule = rules[index]
            if case .staleReads = rule.kind, !isRead { continue }
            guard rule.probability >= 1 || nextFraction() < rule.probability else { continue }
            rules[index].count = rule.count.map { $0 - 1 }
            decision.add(rule.kind)
        }
        self.rules = rules
        return decision
    }

    /// From 0 up to 1, by Vigna's SplitMix64.
    private mutating func nextFraction() -> Double {
        random &+= 0x9E37_79B9_7F4A_7C15
        var bits = random
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return Double(bits >> 11) / Double(1 << 53)
    }
}

extension FaultPlan.Decision {
    /// Delays add up; of refusals the first counts.
    fileprivate mutating func add(_ kind: FaultRule.Kind) {
        switch kind {
        case .throttle, .error: refusal = refusal ?? kind
        case .delay(let milliseconds): delayMilliseconds += milliseconds
        case .dropAnswer: dropsAnswer = true
        case .staleReads(let seconds): staleSeconds = max(staleSeconds ?? 0, seconds)
        }
    }
}

extension FaultRule.Kind {
    /// What a caller is told in that dialect; `nil` where it is not a refusal.
    func fault(in dialect: Dialect) -> CloudFault? {
        switch self {
        case .error(let code, let status, let message): CloudFault(code, message, status: status)
        case .throttle:
            switch dialect {
            case .json: CloudFault("ThrottlingException", "Rate exceeded")
            case .query: CloudFault("Throttling", "Rate exceeded")
            case .ec2: CloudFault("RequestLimitExceeded", "Request limit exceeded.", status: 503)
            case .s3: CloudFault("SlowDown", "Please reduce your request rate.", status: 503)
            }
        case .delay, .dropAnswer, .staleReads: nil
        }
    }
}
