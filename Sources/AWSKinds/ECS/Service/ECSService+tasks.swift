import AttributeTree
import Reconciliation
import ResourceModel

extension ECSService {
    /// The row of the tasks under a service: launched, registered, and healthy and serving, which a request proves.
    func tasksRow(
        _ item: SettleRequest.Item, _ rollout: Rollout, isCompleted: Bool, _ request: SettleRequest
    ) async throws -> StatusRow {
        var row = StatusRow(
            address: ResourceAddress(kind: .tasks, name: item.address.name), phase: .none, state: "",
            detail: ["desired": .int(rollout.desired), "running": .int(rollout.running)])
        if rollout.running + rollout.pending > 0 { row.phase = .created }
        let groups = (item.attributes["loadBalancers"]?.listValue ?? []).compactMap { $0["targetGroup"]?.stringValue }
        if rollout.running < rollout.desired {
            row.waitingFor = "\(rollout.running) of \(rollout.desired) tasks running"
        } else if groups.isEmpty || rollout.desired == 0 {
            guard isCompleted else { return row.named("the service to be done with its deployment") }
            (row.phase, row.state) = (.final, Self.running)
            return row
        } else {
            try await followTargets(&row, groups, rollout, isCompleted: isCompleted, request)
        }
        return row.named(row.waitingFor)
    }

    private func followTargets(
        _ row: inout StatusRow, _ groups: [String], _ rollout: Rollout, isCompleted: Bool, _ request: SettleRequest
    ) async throws {
        for group in groups {
            let counts = try await targets(in: group, isCompleted: isCompleted, request)
            row.detail.merge(counts.detail) { first, second in
                min(first.intValue ?? 0, second.intValue ?? 0) == first.intValue ? first : second
            }
            if row.waitingFor == nil { row.waitingFor = counts.waitingFor(rollout.desired) }
            if counts.registered < rollout.desired { return }
        }
        row.phase = .configured
        guard row.waitingFor == nil else { return }
        guard isCompleted else { return row.waitingFor = "the service to be done with its deployment" }
        try await prove(&row, ServiceRoute.find(to: groups, request.recorded))
    }

    /// While a deployment goes on, what the poller of target groups knows is enough; it is asked for again at the end,
    /// when that may have been said of the tasks before.
    private func targets(
        in group: String, isCompleted: Bool, _ request: SettleRequest
    ) async throws -> TargetCounts {
        if !isCompleted, let address = request.address(.targetGroup, of: group), let row = request.rows[address],
            let registered = row.detail["registered"]?.intValue, let healthy = row.detail["healthy"]?.intValue
        {
            return TargetCounts(registered: registered, healthy: healthy)
        }
        return try await aws.targetCounts(of: group) ?? TargetCounts()
    }

    private func prove(_ row: inout StatusRow, _ route: ServiceRoute?) async throws {
        guard let route else {
            row.phase = .final  // Nobody sends requests there yet, or not by HTTP: healthy is all there is to know.
            return
        }
        let asked = aws.prober.located(route.request)
        row.detail["url"] = .string(asked.root)
        row.detail["asked"] = .string(asked.url)
        switch try await aws.prober.probe(asked) {
        case .answered(let status, let body, let via):
            row.detail["status"] = .int(status)
            row.detail["body"] = .string(body)
            row.detail["via"] = .string(via)
            if route.expected.matches(status) {
                row.phase = .final
            } else {
                row.waitingFor = "a good answer from \(asked.url), which says \(status)"
            }
        case .otherCertificate:
            row.detail["unproved"] = "the certificate is not for the load balancer's own name"
            row.phase = .final
        case .unanswered(let reason) where route.isInternal:
            row.detail["unproved"] = .string("the load balancer is internal, and was not reached from here: \(reason)")
            row.phase = .final
        case .unanswered(let reason):
            row.detail["unanswered"] = .string(reason)
            row.waitingFor = "an answer from \(asked.url) (\(reason))"
        }
    }
}

extension StatusRow {
    /// The same with the word for its phase.
    fileprivate func named(_ waitingFor: String?) -> StatusRow {
        var row = self
        row.state = ECSService.taskWords[phase]
        row.waitingFor = waitingFor
        return row
    }
}
