import AWSClient
import AWSModel
import AttributeTree
import Diagnosis
import Reconciliation
import ResourceModel

/// Collects what can be seen of a service that does not come up, in a handful of calls.
///
/// A call that fails takes nothing but its own part away: that it failed is evidence too.
struct EvidenceGatherer {
    private let aws: AWSAccess
    private let item: SettleRequest.Item
    /// The tasks' row, as it was last.
    private let tasksRow: StatusRow?
    /// Seconds since 1970.
    let time: Double
    var evidence: Evidence

    init(_ aws: AWSAccess, _ item: SettleRequest.Item, tasksRow: StatusRow?, at time: Double) {
        self.aws = aws
        self.item = item
        self.tasksRow = tasksRow
        self.time = time
        evidence = Evidence(address: item.address)
    }

    private var cluster: AttributeValue? { item.identity.properties[ECSService.clusterProperty].map { .string($0) } }

    /// - Returns: `nil` when there is no such service.
    mutating func gather() async throws -> Evidence? {
        guard let service = try await service() else { return nil }
        let deployment = try await deployment(of: service)
        if let row = tasksRow, row.phase == .configured {
            evidence.probeStatus = row.detail["status"]?.intValue
            evidence.probeFailure = row.detail["unanswered"]?.stringValue
        }
        try await gatherTargets(of: service)
        try await gatherTasks(of: deployment)
        return evidence
    }

    /// What a call answers; an empty answer, and a line of evidence, where it is refused.
    ///
    /// - Parameter pages: whether the results of all pages are wanted.
    mutating func answer(
        _ operation: String, of service: ServiceModel = .ecs, _ input: AttributeValue, pages: Bool = false
    ) async throws -> AttributeValue {
        do {
            return pages
                ? try await aws.calling.pages(operation, of: service, input)
                : try await aws.calling.call(operation, of: service, input, repeatable: true)
        } catch let error as AWSError {
            let line = "\(operation) could not be asked: \(error.code)"
            if !evidence.unread.contains(line) { evidence.unread.append(line) }
            return [:]
        }
    }

    // MARK: The service and its deployment

    private mutating func service() async throws -> AttributeValue? {
        var input: AttributeValue = ["services": [.string(item.identity.id)]]
        input["cluster"] = cluster
        guard let service = try await answer("DescribeServices", input)["services"]?[0] else { return nil }
        evidence.desired = service["desiredCount"]?.intValue ?? 0
        evidence.wanted = item.attributes["desiredCount"]?.intValue
        evidence.running = service["runningCount"]?.intValue ?? 0
        evidence.pending = service["pendingCount"]?.intValue ?? 0
        evidence.gracePeriod = service["healthCheckGracePeriodSeconds"]?.intValue ?? 0
        let configuration = service["deploymentConfiguration"]
        evidence.minimumHealthyPercent = configuration?["minimumHealthyPercent"]?.intValue ?? 100
        evidence.maximumPercent = configuration?["maximumPercent"]?.intValue ?? 200
        return service
    }

    /// The deployment this apply has started, or else the service's own, with what its service deployment says.
    private mutating func deployment(of service: AttributeValue) async throws -> String? {
        let primary = ECSService.primary(of: service)
        let id = item.started[ECSService.startedDeployment] ?? primary?["id"]?.stringValue
        let listed = service["deployments"]?.listValue?.first { $0["id"]?.stringValue == id }
        var deployment = Evidence.Deployment(
            rolloutState: listed?["rolloutState"]?.stringValue, reason: listed?["rolloutStateReason"]?.stringValue,
            failedTasks: listed?["failedTasks"]?.intValue ?? 0)
        let description = try await serviceDeployment(item.started[ECSService.startedServiceDeployment])
        let told = description.flatMap(ServiceDeployment.init)
        switch told?.course {
        case .rolledBack, .notRolledBack: deployment.rolloutState = "FAILED"
        case .stopped where primary?["id"]?.stringValue == id: deployment.isStopped = true
        case .stopped, .succeeded:
            deployment.isSuperseded = primary?["id"]?.stringValue != id && deployment.rolloutState != "FAILED"
        case .goesOn, nil: break
        }
        deployment.reason = told?.reason ?? deployment.reason
        deployment.running = listed?["runningCount"]?.intValue
        deployment.isRolling = (service["deployments"]?.listValue ?? []).contains { $0["id"]?.stringValue != id }
        evidence.deployment = deployment
        // Without a beginning it cannot be told which events are its own.
        let begun = (listed ?? description)?["createdAt"]?.doubleValue ?? .infinity
        evidence.events = (service["events"]?.listValue ?? []).filter { ($0["createdAt"]?.doubleValue ?? 0) >= begun }
            .compactMap { $0["message"]?.stringValue }
        return id
    }

    private mutating func serviceDeployment(_ arn: String?) async throws -> AttributeValue? {
        guard let arn else { return nil }
        let output = try await answer("DescribeServiceDeployments", ["serviceDeploymentArns": [.string(arn)]])
        return output["serviceDeployments"]?[0]
    }

    // MARK: Its tasks

    private mutating func gatherTasks(of deployment: String?) async throws {
        let all = try await tasks("RUNNING")
        let running = all.filter { $0.isTask(of: deployment) }
        if evidence.deployment?.isSuperseded == false { noteTargets(of: all.filter { !$0.isTask(of: deployment) }) }
        evidence.youngestTask = running.compactMap { $0["startedAt"]?.doubleValue }.max().map { time - $0 }
        let stopped = try await tasks("STOPPED").filter { $0.isTask(of: deployment) }.sorted {
            ($0["stoppedAt"]?.doubleValue ?? 0) > ($1["stoppedAt"]?.doubleValue ?? 0)
        }
        evidence.stopped = stopped.map(Evidence.Task.init)
        let ended = zip(stopped, evidence.stopped).first { $1.containers.contains { $0.exitCode != nil } }?.0
        let isSick =
            evidence.targets.contains { $0.state == "unhealthy" && !$0.isOfBefore } || evidence.probeStatus != nil
        let sick = running.first { isSick || $0["healthStatus"] == "UNHEALTHY" }
        guard let task = ended ?? sick else { return }
        let definition = try await answer("DescribeTaskDefinition", ["taskDefinition": task["taskDefinitionArn"] ?? ""])
        let containers = definition["taskDefinition"]?["containerDefinitions"]?.listValue ?? []
        noteEssentials(containers)
        try await gatherLogs(of: task, containers)
    }

    /// Marks the targets of tasks of other deployments.
    private mutating func noteTargets(of tasks: [AttributeValue]) {
        let containers = tasks.flatMap { $0["containers"]?.listValue ?? [] }
        let addresses = containers.flatMap { $0["networkInterfaces"]?.listValue ?? [] }
            .compactMap { $0["privateIpv4Address"]?.stringValue }
        for index in evidence.targets.indices where addresses.contains(evidence.targets[index].id) {
            evidence.targets[index].isOfBefore = true
        }
    }

    /// All tasks of a deployment have the same task definition.
    private mutating func noteEssentials(_ containers: [AttributeValue]) {
        let others = containers.filter { $0["essential"] == false }.compactMap { $0["name"]?.stringValue }
        for task in evidence.stopped.indices {
            for container in evidence.stopped[task].containers.indices {
                let name = evidence.stopped[task].containers[container].name
                evidence.stopped[task].containers[container].isEssential = !others.contains(name)
            }
        }
    }

    /// Of a hundred tasks each: what goes wrong does so in the first few of them.
    private static let pages = 5

    /// AWS tells of stopped tasks for about an hour.
    private mutating func tasks(_ status: String) async throws -> [AttributeValue] {
        var input: AttributeValue = ["serviceName": .string(item.cloudName), "desiredStatus": .string(status)]
        input["cluster"] = cluster
        var tasks: [AttributeValue] = []
        for _ in 0..<Self.pages {
            let page = try await answer("ListTasks", input)
            guard let arns = page["taskArns"], arns.listValue?.isEmpty == false else { break }
            var described: AttributeValue = ["tasks": arns]
            described["cluster"] = cluster
            tasks += try await answer("DescribeTasks", described)["tasks"]?.listValue ?? []
            guard let next = page["nextToken"]?.stringValue else { break }
            input["nextToken"] = .string(next)
        }
        return tasks
    }

    /// The end of what each container of a task has printed, where it goes to CloudWatch Logs.
    private mutating func gatherLogs(of task: AttributeValue, _ containers: [AttributeValue]) async throws {
        guard let arn = task["taskArn"]?.stringValue else { return }
        for container in containers {
            let options = container["logConfiguration"]?["options"]
            guard container["logConfiguration"]?["logDriver"] == "awslogs", let group = options?["awslogs-group"],
                let prefix = options?["awslogs-stream-prefix"]?.stringValue, let name = container["name"]?.stringValue
            else { continue }
            let id = arn.split(separator: "/").last ?? ""
            let events = try await answer(
                "GetLogEvents", of: .logs,
                [
                    "logGroupName": group, "logStreamName": .string("\(prefix)/\(name)/\(id)"), "limit": 20,
                    "startFromHead": false,
                ])["events"]
            let lines = (events?.listValue ?? []).compactMap { $0["message"]?.stringValue }
            evidence.logs.append(Evidence.Log(container: name, lines: lines))
        }
    }
}

extension AttributeValue {
    /// Where no deployment is known, any is meant.
    fileprivate func isTask(of deployment: String?) -> Bool {
        deployment == nil || self["startedBy"]?.stringValue == deployment
    }
}

extension Evidence.Task {
    fileprivate init(_ task: AttributeValue) {
        self.init(
            id: task["taskArn"]?.stringValue?.split(separator: "/").last.map(String.init) ?? "",
            stopCode: task["stopCode"]?.stringValue, reason: task["stoppedReason"]?.stringValue,
            containers: (task["containers"]?.listValue ?? []).map { container in
                Container(
                    name: container["name"]?.stringValue ?? "", image: container["image"]?.stringValue,
                    exitCode: container["exitCode"]?.intValue, reason: container["reason"]?.stringValue)
            })
        let end = task["stoppingAt"] ?? task["stoppedAt"]
        lifetime = task["startedAt"]?.doubleValue.flatMap { begin in end?.doubleValue.map { $0 - begin } }
    }
}
