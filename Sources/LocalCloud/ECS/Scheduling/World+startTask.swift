import AttributeTree

/// A task to be.
struct TaskRequest: Sendable {
    /// 32 hexadecimal digits.
    var id: String
    var cluster: ClusterRecord
    var definition: TaskDefinitionRecord
    var group: String
    var startedBy: String?
    var serviceARN: String?
    /// `launchType`, `capacityProviderStrategy`, `networkConfiguration`, `platformVersion`, `overrides`,
    /// `enableExecuteCommand` and so on, as in the call that wants it.
    var settings: AttributeValue
    var tags: Tags
    var registrations: [TaskRecord.Registration] = []
    var origin: TaskRecord.Origin?
}

extension World {
    /// Puts a task into the world that has yet to be started.
    @discardableResult
    mutating func startTask(_ request: TaskRequest, at now: Moment) -> TaskRecord {
        let arn = account.arn("ecs", "task/\(request.cluster.name)/\(request.id)")
        let subnet = subnet(for: request)
        let isInVPC = request.definition.networkMode == "awsvpc"
        let task = TaskRecord(
            id: request.id, arn: arn, clusterARN: request.cluster.arn, taskDefinitionARN: request.definition.arn,
            group: request.group, startedBy: request.startedBy, serviceARN: request.serviceARN,
            lastStatus: .provisioning, lastStatusAt: now, isWanted: true, health: .unknown,
            containers: request.definition.containers.map { ContainerRecord($0, ofTask: request.id) },
            createdAt: now, settings: Document(request.taskSettings), tags: request.tags,
            subnetID: isInVPC ? subnet?.id : nil, zone: subnet?.zone ?? account.zones[0],
            loopbackAddress: takeLoopbackAddress(in: subnet?.id), registrations: request.registrations, version: 1,
            origin: request.origin)
        containers.tasks[arn] = task
        return task
    }

    /// That of the asked for in whose zone the fewest tasks of the group are.
    private func subnet(for request: TaskRequest) -> Subnet? {
        let asked = request.settings["networkConfiguration"]?["awsvpcConfiguration"]?["subnets"]?.listValue ?? []
        let ids = asked.compactMap(\.stringValue)
        let candidates = ids.compactMap(network.subnet)
        var counts: [String: Int] = [:]
        for task in containers.tasks.values
        where task.isWanted && task.group == request.group && task.clusterARN == request.cluster.arn {
            counts[task.zone, default: 0] += 1
        }
        return (candidates.isEmpty ? network.subnets : candidates).min {
            (counts[$0.zone] ?? 0, $0.zone) < (counts[$1.zone] ?? 0, $1.zone)
        }
    }
}

extension TaskRequest {
    /// What the task keeps of the request.
    fileprivate var taskSettings: AttributeValue {
        var kept: AttributeValue = [:]
        let strategy = settings["capacityProviderStrategy"]?.listValue?.first?["capacityProvider"]?.stringValue
        let isFargate = (strategy ?? settings["launchType"]?.stringValue ?? "FARGATE").hasPrefix("FARGATE")
        kept["launchType"] = isFargate ? "FARGATE" : settings["launchType"] ?? "EC2"
        kept["capacityProviderName"] = strategy.map { .string($0) }
        if isFargate {
            let version = settings["platformVersion"]?.stringValue ?? "LATEST"
            kept["platformVersion"] = .string(version == "LATEST" ? "1.4.0" : version)
            kept["platformFamily"] = "Linux"
        }
        kept["enableExecuteCommand"] = settings["enableExecuteCommand"] ?? false
        let overrides = settings["overrides"] ?? [:]
        kept["overrides"] = overrides
        kept["networkConfiguration"] = settings["networkConfiguration"]
        kept["cpu"] = overrides["cpu"] ?? definition.content["cpu"]
        kept["memory"] = overrides["memory"] ?? definition.content["memory"]
        kept["ephemeralStorage"] = overrides["ephemeralStorage"] ?? definition.content["ephemeralStorage"]
        return kept
    }
}

extension ContainerRecord {
    fileprivate init(_ definition: AttributeValue, ofTask id: String) {
        let name = definition["name"]?.stringValue ?? ""
        let log = definition["logConfiguration"]
        let options = log?["logDriver"]?.stringValue == "awslogs" ? log?["options"] : nil
        self.init(
            name: name, image: definition["image"]?.stringValue ?? "", lastStatus: .pending, health: .unknown,
            logGroup: options?["awslogs-group"]?.stringValue,
            logStream: options.map { options in
                let prefix = options["awslogs-stream-prefix"]?.stringValue
                return prefix.map { "\($0)/\(name)/\(id)" } ?? id
            })
    }
}
