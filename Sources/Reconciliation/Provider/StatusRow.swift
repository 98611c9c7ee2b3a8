package import AttributeTree
package import ResourceModel
package import StateModel

/// How far one resource is: a row of the status tracker.
package struct StatusRow: Sendable, Equatable {
    package var address: ResourceAddress
    package var phase: Phase
    /// A word of the tracker, from the kind's ``PhaseWords``.
    package var state: String
    /// What it is waiting for, as a phrase: `1 of 2 tasks healthy in TargetGroup/web`; `nil` when for nothing.
    package var waitingFor: String?
    /// Why it will not get further; only when the phase is `failed`.
    package var failure: SettleFailure?
    /// For programs: counts, ARNs, the URL.
    package var detail: [String: AttributeValue]

    package init(
        address: ResourceAddress, phase: Phase, state: String, waitingFor: String? = nil,
        failure: SettleFailure? = nil, detail: [String: AttributeValue] = [:]
    ) {
        self.address = address
        self.phase = phase
        self.state = state
        self.waitingFor = waitingFor
        self.failure = failure
        self.detail = detail
    }
}

/// Why a resource will not reach its final state by waiting.
package struct SettleFailure: Error, Sendable, Equatable {
    package enum Code: String, Sendable, Hashable {
        case failed, rolledBack, superseded
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// What is being waited for, of one kind.
package struct SettleRequest: Sendable {
    package struct Item: Sendable {
        package var address: ResourceAddress
        package var identity: ResourceIdentity
        package var cloudName: String
        /// As applied, references resolved.
        package var attributes: AttributeValue
        /// ``ChangeResult/started`` of this apply; empty for `status`.
        package var started: [String: String]

        package init(
            address: ResourceAddress, identity: ResourceIdentity, cloudName: String, attributes: AttributeValue,
            started: [String: String] = [:]
        ) {
            self.address = address
            self.identity = identity
            self.cloudName = cloudName
            self.attributes = attributes
            self.started = started
        }
    }

    package var items: [Item]
    /// Every row known so far, of every kind: a listener forwards when its load balancer is active.
    package var rows: [ResourceAddress: StatusRow]
    /// Everything recorded: who refers to whom, by identity.
    package var recorded: [ResourceAddress: RecordedResource]
    /// What the manifests want, made already or not: a target group is not final while the service that will register
    /// its tasks with it is still to come.
    package var desired: DesiredSet

    package init(
        items: [Item], rows: [ResourceAddress: StatusRow], recorded: [ResourceAddress: RecordedResource],
        desired: DesiredSet = .empty
    ) {
        self.items = items
        self.rows = rows
        self.recorded = recorded
        self.desired = desired
    }
}
