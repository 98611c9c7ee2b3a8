import AttributeTree
import TaskRunning

extension TaskRecord {
    /// Whether it should run, as AWS says it.
    var desiredStatus: AttributeValue { isWanted ? "RUNNING" : "STOPPED" }

    /// Of the task definition.
    var family: String {
        let name = taskDefinitionARN.split(separator: "/").last ?? ""
        return String(name.prefix { $0 != ":" })
    }

    /// What `DescribeTasks` tells of it, tags included.
    func description(in world: World) -> AttributeValue {
        let definition = world.containers.taskDefinitions[taskDefinitionARN]
        var answer = asked(of: definition)
        answer["taskArn"] = .string(arn)
        answer["clusterArn"] = .string(clusterARN)
        answer["taskDefinitionArn"] = .string(taskDefinitionARN)
        answer["group"] = .string(group)
        answer["startedBy"] = startedBy.map { .string($0) }
        answer["availabilityZone"] = .string(zone)
        answer["lastStatus"] = .string(lastStatus.rawValue)
        answer["desiredStatus"] = desiredStatus
        answer["healthStatus"] = .string(health.rawValue)
        answer["stopCode"] = stopCode.map { .string($0.rawValue) }
        answer["stoppedReason"] = stoppedReason.map { .string($0) }
        answer["version"] = .int(version)
        answer["tags"] = tags.list(.lower)
        if pullStartedAt != nil { answer["connectivity"] = "CONNECTED" }
        for (member, moment) in moments { answer[member] = moment.map { .time($0) } }
        answer["attachments"] = .list(interfaceAttachment(in: world).map { [$0] } ?? [])
        answer["containers"] = .list(containers.map { description(of: $0, definition, in: world) })
        return answer
    }

    /// What it was asked for as, and what it has otherwise.
    private func asked(of definition: TaskDefinitionRecord?) -> AttributeValue {
        var answer: AttributeValue = ["attributes": [["name": "ecs.cpu-architecture", "value": Self.architecture]]]
        for member in [
            "launchType", "capacityProviderName", "platformVersion", "platformFamily", "enableExecuteCommand", "cpu",
            "memory", "ephemeralStorage",
        ] { answer[member] = settings[member] }
        if settings["launchType"] == "FARGATE" {
            let storage = settings["ephemeralStorage"] ?? ["sizeInGiB": 20]
            answer["ephemeralStorage"] = storage
            answer["fargateEphemeralStorage"] = storage
        }
        answer["overrides"] = TaskOverrides.described(settings["overrides"], containers: containers.map(\.name))
        return answer
    }

    private var moments: [(String, Moment?)] {
        [
            ("createdAt", createdAt), ("connectivityAt", pullStartedAt), ("pullStartedAt", pullStartedAt),
            ("pullStoppedAt", pullStoppedAt), ("startedAt", startedAt), ("stoppingAt", stoppingAt),
            ("executionStoppedAt", executionStoppedAt), ("stoppedAt", stoppedAt),
        ]
    }

    /// Of this machine.
    private static var architecture: AttributeValue {
        #if arch(arm64)
        "arm64"
        #else
        "x86_64"
        #endif
    }
}

extension TaskRecord {
    private func description(
        of container: ContainerRecord, _ definition: TaskDefinitionRecord?, in world: World
    ) -> AttributeValue {
        let content = definition?.container(container.name)
        let overrides = TaskOverrides.container(container.name, in: settings["overrides"])
        let id = DerivedID("\(id)/\(container.name)")
        let path = arn.split(separator: ":task/").last.map(String.init) ?? self.id
        var answer: AttributeValue = [
            "containerArn": .string(world.account.arn("ecs", "container/\(path)/\(id.uuid())")),
            "taskArn": .string(arn), "name": .string(container.name), "image": .string(container.image),
            "lastStatus": .string(container.lastStatus.rawValue), "healthStatus": .string(container.health.rawValue),
            "networkBindings": .list(bindings(of: container, content)),
            "networkInterfaces": .list(interfaces(of: container)),
        ]
        for member in ["cpu", "memory", "memoryReservation"] {
            let value = (overrides?[member] ?? content?[member])?.intValue
            answer[member] = value.map { .string(String($0)) }
        }
        answer["runtimeId"] = container.handle.map { .string($0.runtimeID) }
        answer["exitCode"] = container.exitCode.map { .int($0) }
        answer["reason"] = container.reason.map { .string(String($0.prefix(1024))) }
        return answer
    }

    /// The ports of a container in another mode than `awsvpc`. Each task has an address of its own here, so they are the
    /// same on the host.
    private func bindings(of container: ContainerRecord, _ content: AttributeValue?) -> [AttributeValue] {
        guard subnetID == nil, let handle = container.handle else { return [] }
        return (content?["portMappings"]?.listValue ?? []).compactMap { mapping in
            guard let port = mapping["containerPort"] else { return nil }
            return [
                "bindIP": .string(handle.address), "containerPort": port, "hostPort": port,
                "protocol": mapping["protocol"] ?? "tcp",
            ]
        }
    }

    private func interfaces(of container: ContainerRecord) -> [AttributeValue] {
        guard subnetID != nil, place != nil else { return [] }
        let address = AttributeValue.string(address(of: container.name))
        return [["attachmentId": .string(attachmentID), "privateIpv4Address": address]]
    }

    private var attachmentID: String { DerivedID("\(id)/attachment").uuid() }

    /// The network interface of a task in the mode `awsvpc`.
    private func interfaceAttachment(in world: World) -> AttributeValue? {
        guard let subnetID else { return nil }
        var details = [("subnetId", subnetID)]
        if place != nil {
            let host = address.map { $0 == "." ? "-" : String($0) }.joined()
            details += [
                ("networkInterfaceId", World.interfaceID(ofTask: id)), ("macAddress", macAddress),
                ("privateDnsName", "ip-\(host).\(world.account.region).compute.internal"),
                ("privateIPv4Address", address),
            ]
        }
        return [
            "id": .string(attachmentID), "type": "ElasticNetworkInterface", "status": attachmentStatus,
            "details": .list(details.map { ["name": .string($0.0), "value": .string($0.1)] }),
        ]
    }

    private var attachmentStatus: AttributeValue {
        switch lastStatus {
        case .provisioning: "PRECREATED"
        case .pending, .activating, .running, .deactivating, .stopping: place == nil ? "PRECREATED" : "ATTACHED"
        case .deprovisioning: "DETACHING"
        case .stopped: "DELETED"
        }
    }

    /// One that is administered locally.
    private var macAddress: String {
        let digits = Array("0a" + DerivedID("\(id)/mac").hex(10))
        return stride(from: 0, to: digits.count, by: 2).map { String(digits[$0...$0 + 1]) }.joined(separator: ":")
    }
}
