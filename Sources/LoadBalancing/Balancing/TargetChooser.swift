/// For each request that is forwarded its target: the target group by weight, then one of its targets.
///
/// Clients that bring a cookie come back to where they were. One is shared by all connections of a balancer, behind a
/// lock, so that requests under way are counted together.
package struct TargetChooser: Sendable {
    private let cookieNames: CookieNames
    private var selections: [TargetGroupID: TargetSelection] = [:]

    package init(cookieNames: CookieNames = CookieNames()) {
        self.cookieNames = cookieNames
    }

    /// - Parameter now: the time since 1970.
    package mutating func update(
        _ targetGroups: [TargetGroupID: TargetGroupConfiguration], statuses: [TargetKey: TargetStatus], now: Duration
    ) {
        selections = selections.filter { targetGroups[$0.key] != nil }
        for (id, configuration) in targetGroups {
            selections[id, default: TargetSelection(id)].update(
                configuration, status: { statuses[TargetKey(id, $0)] }, now: now)
        }
    }

    /// The target of a request, which counts as outstanding until ``finished(_:)``; `nil` where there is none.
    ///
    /// The target group is chosen by weight alone: one without healthy targets keeps its share.
    /// - Parameter now: the time since 1970; asked for only where time matters.
    package mutating func choose(
        for action: ForwardAction, request: some RoutableRequest, now: () -> Duration,
        using generator: inout some RandomNumberGenerator
    ) -> TargetChoice? {
        var cookies: [ResponseCookie] = []
        guard
            let id = targetGroup(for: action, request: request, now: now, cookies: &cookies, using: &generator),
            let place = selections.index(forKey: id)
        else { return nil }
        let session = session(by: selections.values[place].stickiness, request: request, now: now)
        guard let target = selections.values[place].choose(returningTo: session.token, now: now, using: &generator)
        else { return nil }
        cookies += session.cookies(for: StickyToken(id, target), names: cookieNames, now: now)
        let selection = selections.values[place]
        return TargetChoice(
            key: TargetKey(id, target), isSecure: selection.isSecure, speaksHTTP2: selection.speaksHTTP2,
            cookies: cookies)
    }

    /// A request that a target was chosen for is over, however it ended.
    package mutating func finished(_ key: TargetKey) {
        selections[key.targetGroup]?.finished(key.target)
    }

    /// How many requests this target is busy with.
    package func outstanding(_ key: TargetKey) -> Int {
        selections[key.targetGroup]?.outstanding(key.target) ?? 0
    }

    private func targetGroup(
        for action: ForwardAction, request: some RoutableRequest, now: () -> Duration,
        cookies: inout [ResponseCookie], using generator: inout some RandomNumberGenerator
    ) -> TargetGroupID? {
        guard let stickiness = action.stickiness else { return action.chooseTargetGroup(using: &generator) }
        let token = cookieNames.token(cookieNames.group, in: request, now: now)
        let known = token.flatMap { token in
            action.destinations.first { StickyToken($0.targetGroup) == token }?.targetGroup
        }
        guard let id = known ?? action.chooseTargetGroup(using: &generator) else { return nil }
        let value = StickyCookie(StickyToken(id), until: now() + stickiness)
        cookies += cookieNames.cookies(cookieNames.group, value)
        return id
    }

    private func session(
        by stickiness: TargetGroupConfiguration.Stickiness, request: some RoutableRequest, now: () -> Duration
    ) -> Session {
        switch stickiness {
        case .none:
            Session(kind: .none)
        case .balancerCookie(let time):
            Session(
                kind: .balancer, token: cookieNames.token(cookieNames.target, in: request, now: now), time: time)
        case .applicationCookie(let name, let time):
            Session(
                kind: .application(cookie: name),
                token: request.cookie(name) == nil
                    ? nil : request.stickyToken(cookieNames.application, now: now),
                time: time)
        }
    }
}

/// How a client and a target stay together.
private struct Session {
    enum Kind {
        /// They do not.
        case none
        case balancer
        /// There is no session without this cookie of the application.
        case application(cookie: String)
    }

    var kind: Kind
    /// The target that the client was at before.
    var token: StickyToken?
    var time = Duration.zero

    /// Tells the client of its target, and begins the time anew.
    func cookies(for target: StickyToken, names: CookieNames, now: () -> Duration) -> [ResponseCookie] {
        switch kind {
        case .none: return []
        case .balancer: return names.cookies(names.target, StickyCookie(target, until: now() + time))
        case .application(let cookie):
            let value = StickyCookie(target, until: now() + time)
            return [
                ResponseCookie(name: names.application, value: value, companion: token == target ? nil : cookie)
            ]
        }
    }
}
