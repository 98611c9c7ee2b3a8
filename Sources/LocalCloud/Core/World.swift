/// Everything that the imitated account holds, and the rules by which it changes: a value.
///
/// Calls and the passing of time change it, one at a time, under the lock of ``CloudEngine``; the shells around it (the
/// load balancer, the tasks) carry out what it says should be, and tell it what they found.
package struct World: Sendable {
    package let account: Account
    package var network: NetworkState
    package var balancing: BalancingState
    package var containers: ContainerState
    package var logs: LogsState
    package var identity: IdentityState
    package var objects: ObjectState
    package var parameters: ParameterState

    package init(account: Account) {
        self.account = account
        network = NetworkState(account)
        balancing = BalancingState()
        containers = ContainerState()
        logs = LogsState()
        identity = IdentityState()
        objects = ObjectState()
        parameters = ParameterState()
    }
}

extension World {
    /// Lets time pass: every change that is due by `now` happens, as if it had happened when it was due.
    ///
    /// Called after every call and whenever ``nextChange(after:)`` has come.
    package mutating func advance(to now: Moment) {
        advanceBalancing(to: now)
        advanceContainers(to: now)
    }

    /// When something will next be due; `nil` when nothing will happen by itself.
    package func nextChange(after now: Moment) -> Moment? {
        [nextBalancingChange(after: now), nextContainerChange(after: now)].compactMap { $0 }.min()
    }
}

extension World: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [
            TablePath(\.network), TablePath(\.balancing), TablePath(\.containers), TablePath(\.logs),
            TablePath(\.identity), TablePath(\.objects), TablePath(\.parameters),
        ]
    }
}
