import AttributeTree
package import Reconciliation
import ResourceModel

extension ECSService {
    package func settle(_ request: SettleRequest) async throws -> [StatusRow] {
        var rows: [StatusRow] = []
        let byCluster = Dictionary(grouping: request.items) { $0.identity.properties[Self.clusterProperty] ?? "" }
        for (cluster, items) in byCluster.sorted(by: { $0.key < $1.key }) {
            let services = try await describe(items.map(\.identity.id), in: cluster)
            let deployments = try await serviceDeployments(of: items, services)
            rows += try await aws.each(items) { item in
                guard let service = services[item.cloudName] else { return Self.absentRows(item.address) }
                let told = Self.followedARN(item, service).flatMap { deployments[$0] }
                return try await self.rows(item, service, told, request)
            }.flatMap(\.self)
        }
        return rows
    }

    private func rows(
        _ item: SettleRequest.Item, _ service: AttributeValue, _ told: ServiceDeployment?, _ request: SettleRequest
    ) async throws -> [StatusRow] {
        let rollout = Rollout(
            service, following: item.started[Self.startedDeployment],
            since: item.started[Self.startedDeploymentTime].flatMap { Double($0) }, told: told,
            wanted: item.attributes["taskDefinition"]?.stringValue)
        var verdict = rollout.verdict
        if case .lost(let deployment) = verdict { verdict = .failed(try await fate(of: deployment, item)) }
        let row = Self.row(item.address, rollout, verdict)
        let tasks = try await tasksRow(item, rollout, isCompleted: verdict == .completed, request)
        return [row, tasks]
    }

    static func row(_ address: ResourceAddress, _ rollout: Rollout, _ verdict: Rollout.Verdict) -> StatusRow {
        let words = definition.words
        var row = StatusRow(address: address, phase: .created, state: words.created)
        row.detail = [
            "desired": .int(rollout.desired), "running": .int(rollout.running), "pending": .int(rollout.pending),
        ]
        row.detail["taskDefinition"] = rollout.taskDefinition.map { .string($0) }
        switch verdict {
        case .completed: row.phase = .final
        case .waiting(let what, let tasksRun):
            row.waitingFor = what
            if tasksRun { row.phase = .configured }
        case .failed(let failure):
            row.phase = .failed
            row.failure = failure
        case .lost: row.waitingFor = "the deployment to be listed"
        }
        row.state = words[row.phase]
        return row
    }

    private static func absentRows(_ address: ResourceAddress) -> [StatusRow] {
        [
            StatusRow(
                address: address, phase: .none, state: definition.words[.none], waitingFor: "the service to appear"),
            StatusRow(
                address: ResourceAddress(kind: .tasks, name: address.name), phase: .none, state: taskWords[.none]),
        ]
    }

    /// What became of a deployment that the service no longer lists: AWS keeps its end for longer under the revision it
    /// was for, which ends in the same number.
    private func fate(of deployment: String, _ item: SettleRequest.Item) async throws -> SettleFailure {
        var input: AttributeValue = ["service": .string(item.identity.id), "maxResults": 100]
        input["cluster"] = item.identity.properties[Self.clusterProperty].map { .string($0) }
        let output = try await aws.ecs("ListServiceDeployments", input)
        let number = deployment.split(separator: "/").last.map(String.init) ?? deployment
        let brief = output["serviceDeployments"]?.listValue?.first {
            $0["targetServiceRevisionArn"]?.stringValue?.hasSuffix("/\(number)") ?? false
        }
        let reason = brief?["statusReason"]?.stringValue
        switch brief?["status"]?.stringValue {
        case "ROLLBACK_FAILED"?:
            return SettleFailure(.failed, reason ?? "the deployment failed, and so did its rollback")
        case let status? where status.hasPrefix("ROLLBACK_"):
            return SettleFailure(.rolledBack, reason ?? "the deployment was rolled back")
        case "STOPPED"?, "STOP_REQUESTED"?:
            return SettleFailure(.failed, reason ?? "the deployment was stopped")
        case nil, .some:
            return .superseded
        }
    }
}
