/// How far a resource is on its way to its final state, in the words common to all kinds.
package enum Phase: String, Sendable, Hashable, CaseIterable {
    /// It does not exist.
    case none
    case created
    case configured
    /// Nothing is left to be done or waited for.
    case final
    /// It will not get further by waiting.
    case failed
}

extension Phase: Comparable {
    /// `failed` is before everything: no milestone is reached by failing.
    package static func < (left: Phase, right: Phase) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .failed: -1
        case .none: 0
        case .created: 1
        case .configured: 2
        case .final: 3
        }
    }
}

/// A kind's words for the phases, as the status tracker shows them.
package struct PhaseWords: Sendable, Hashable {
    package var created: String
    package var configured: String
    package var final: String

    package init(created: String, configured: String, final: String) {
        self.created = created
        self.configured = configured
        self.final = final
    }

    package subscript(phase: Phase) -> String {
        switch phase {
        case .none: "none"
        case .created: created
        case .configured: configured
        case .final: final
        case .failed: "failed"
        }
    }
}
