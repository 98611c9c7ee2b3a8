import AWSClient
import AttributeTree

private let ecsPrefix = "arn:aws:ecs:eu-west-1:123456789012:"

extension PocketAWS.World {
    mutating func ecs(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        switch operation {
        case "CreateCluster", "DescribeClusters", "UpdateCluster", "PutClusterCapacityProviders", "DeleteCluster":
            return try cluster(operation, input)
        case "RegisterTaskDefinition", "DescribeTaskDefinition", "DeregisterTaskDefinition",
            "ListTaskDefinitionFamilies":
            return try taskDefinition(operation, input)
        case "TagResource":
            let arn = text(input, "resourceArn")
            for tag in input["tags"]?.listValue ?? [] { tags[arn, default: [:]][text(tag, "key")] = text(tag, "value") }
        case "UntagResource":
            for key in input["tagKeys"]?.listValue ?? [] {
                tags[text(input, "resourceArn"), default: [:]][key.stringValue ?? ""] = nil
            }
        default: return try service(operation, input)
        }
        return [:]
    }

    private mutating func cluster(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        if operation == "DescribeClusters" {
            let wanted = (input["clusters"]?.listValue ?? []).compactMap(\.stringValue)
            if wanted.count > 100 { throw AWSError.fault("InvalidParameterException") }
            let found = clusters.filter { wanted.contains($0.key) || wanted.contains(text($0.value, "clusterName")) }
            return ["clusters": .list(found.map { described($0.value, arn: $0.key) })]
        }
        let arn = ecsPrefix + "cluster/" + text(input, "clusterName")
        switch operation {
        case "CreateCluster":
            // What is there is given back as it is.
            if clusters[arn] == nil { keep(input, arn: arn) }
            clusters[arn] = input.with(["clusterArn": .string(arn), "status": "ACTIVE"], without: ["tags"])
            return ["cluster": clusters[arn] ?? [:]]
        case "DeleteCluster":
            let arn = text(input, "cluster")
            guard !services.values.contains(where: { text($0, "clusterArn") == arn }) else {
                throw AWSError.fault("ClusterContainsServicesException")
            }
            guard clusters.removeValue(forKey: arn) != nil else { throw AWSError.fault("ClusterNotFoundException") }
        default:
            let arn = text(input, "cluster")
            guard let cluster = clusters[arn] else { throw AWSError.fault("ClusterNotFoundException") }
            clusters[arn] = cluster.with(input.mapValue ?? [:], without: ["cluster"])
        }
        return [:]
    }

    private mutating func taskDefinition(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        switch operation {
        case "RegisterTaskDefinition":
            let family = text(input, "family")
            revisions[family, default: 0] += 1
            let arn = ecsPrefix + "task-definition/\(family):\(revisions[family] ?? 0)"
            keep(input, arn: arn)
            taskDefinitions[arn] = input.with(
                ["taskDefinitionArn": .string(arn), "status": "ACTIVE", "revision": .int(revisions[family] ?? 0)],
                without: ["tags"])
            return ["taskDefinition": taskDefinitions[arn] ?? [:]]
        case "ListTaskDefinitionFamilies":
            return ["families": .list(revisions.keys.sorted().map { .string($0) })]
        default:
            let name = text(input, "taskDefinition")
            let newest = ecsPrefix + "task-definition/\(name):\(revisions[name] ?? 0)"
            guard let found = taskDefinitions[name] ?? taskDefinitions[newest] else {
                throw AWSError.fault("ClientException", "Unable to describe task definition.")
            }
            let arn = text(found, "taskDefinitionArn")
            if operation == "DeregisterTaskDefinition" {
                taskDefinitions[arn] = nil
                return ["taskDefinition": found]
            }
            return ["taskDefinition": found, "tags": described([:], arn: arn)["tags"] ?? []]
        }
    }

    private mutating func service(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        if operation == "DescribeServiceDeployments" {
            let wanted = input["serviceDeploymentArns"]?.listValue ?? []
            if wanted.count > 20 { throw AWSError.fault("InvalidParameterException") }
            return [
                "serviceDeployments": .list(
                    serviceDeployments.filter { $0["serviceDeploymentArn"].map(wanted.contains) ?? false })
            ]
        }
        let cluster = text(input, "cluster")
        guard clusters[cluster] != nil else { throw AWSError.fault("ClusterNotFoundException") }
        switch operation {
        case "DescribeServices":
            let wanted = (input["services"]?.listValue ?? []).compactMap(\.stringValue)
            if wanted.count > 10 { throw AWSError.fault("InvalidParameterException") }
            let found = services.filter {
                text($0.value, "clusterArn") == cluster
                    && (wanted.contains($0.key) || wanted.contains(text($0.value, "serviceName")))
            }
            for arn in found.keys { services[arn] = services[arn].map(advanced) }
            return ["services": .list(found.map { described($0.value, arn: $0.key) })]
        case "CreateService":
            let arn = ecsPrefix + "service/\(cluster.split(separator: "/").last ?? "")/\(text(input, "serviceName"))"
            try checkTargetGroups(input)
            keep(input, arn: arn)
            let identity: [String: AttributeValue] = [
                "serviceArn": .string(arn), "clusterArn": .string(cluster), "status": "ACTIVE",
            ]
            services[arn] = deployed(input.with(identity, without: ["tags", "cluster", "clientToken", "role"]))
            return ["service": services[arn] ?? [:]]
        case "UpdateService":
            let arn = text(input, "service")
            guard let service = services[arn] else { throw AWSError.fault("ServiceNotFoundException") }
            try checkTargetGroups(input)
            services[arn] = deployed(
                service.with(input.mapValue ?? [:], without: ["cluster", "service", "forceNewDeployment"]))
            return ["service": services[arn] ?? [:]]
        case "ListServiceDeployments": return ["serviceDeployments": .list(serviceDeployments)]
        case "DeleteService":
            guard services.removeValue(forKey: text(input, "service")) != nil else {
                throw AWSError.fault("ServiceNotFoundException")
            }
            return [:]
        default: throw AWSError.fault("InvalidAction", operation)
        }
    }

    private func checkTargetGroups(_ input: AttributeValue) throws {
        for entry in input["loadBalancers"]?.listValue ?? [] {
            let arn = text(entry, "targetGroupArn")
            guard listeners.values.contains(where: { $0.jsonText().contains(arn) }) else {
                throw AWSError.fault(
                    "InvalidParameterException",
                    "The target group with targetGroupArn \(arn) does not have an associated load balancer.")
            }
        }
    }

    /// With a new deployment, in progress.
    private mutating func deployed(_ service: AttributeValue) -> AttributeValue {
        let deployment: AttributeValue = [
            "id": .string("ecs-svc/" + nextID()), "status": "PRIMARY", "rolloutState": "IN_PROGRESS",
            "taskDefinition": service["taskDefinition"] ?? "",
        ]
        return service.with(["deployments": [deployment], "runningCount": 0, "pendingCount": 0])
    }

    /// A look later, the deployment is completed.
    private func advanced(_ service: AttributeValue) -> AttributeValue {
        guard let deployment = service["deployments"]?[0] else { return service }
        return service.with([
            "deployments": [deployment.with(["rolloutState": "COMPLETED"])],
            "runningCount": service["desiredCount"] ?? 0,
        ])
    }

    private mutating func keep(_ input: AttributeValue, arn: String) {
        for tag in input["tags"]?.listValue ?? [] { tags[arn, default: [:]][text(tag, "key")] = text(tag, "value") }
    }

    private func described(_ thing: AttributeValue, arn: String) -> AttributeValue {
        let list = (tags[arn] ?? [:]).sorted { $0.key < $1.key }.map {
            AttributeValue.map(["key": .string($0.key), "value": .string($0.value)])
        }
        return thing.with(["tags": .list(list)])
    }
}

func text(_ value: AttributeValue, _ member: String) -> String { value[member]?.stringValue ?? "" }

extension AttributeValue {
    func with(_ members: [String: AttributeValue], without: [String] = []) -> AttributeValue {
        var copy = self
        for (name, value) in members { copy[name] = value }
        for name in without { copy[name] = nil }
        return copy
    }
}
