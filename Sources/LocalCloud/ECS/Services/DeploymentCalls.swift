import AttributeTree

/// The operations on service deployments and service revisions.
enum DeploymentCalls {
    static let operations: [String: OperationHandler] = [
        "ListServiceDeployments": list, "DescribeServiceDeployments": describe,
        "DescribeServiceRevisions": describeRevisions, "StopServiceDeployment": stop,
    ]

    /// Newest first.
    private static func list(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let cluster = try world.activeCluster(input["cluster"])
        let service = try world.service(input["service"], in: cluster)
        let statuses = (input["status"]?.listValue ?? []).compactMap(\.stringValue)
        let after = input["createdAt"]?["after"]?.doubleValue ?? -.infinity
        let before = input["createdAt"]?["before"]?.doubleValue ?? .infinity
        let found = world.containers.serviceDeployments.values.filter { deployment in
            deployment.serviceARN == service.arn
                && (statuses.isEmpty || statuses.contains(deployment.status.rawValue))
                && deployment.createdAt.secondsSince1970 > after && deployment.createdAt.secondsSince1970 < before
        }
        return try Listing(input, limit: 20, upTo: 100).answer(found.reversed().map(\.brief), as: "serviceDeployments")
    }

    private static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let counts = TaskCounts(world)
        return try found(
            input, "serviceDeploymentArns", as: "serviceDeployments", called: "service deployments"
        ) { [world] arn in
            world.containers.serviceDeployments[arn]?.description(in: world, counts)
        }
    }

    private static func describeRevisions(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        try found(input, "serviceRevisionArns", as: "serviceRevisions", called: "service revisions") { [world] arn in
            world.containers.serviceRevisions[arn]?.description(in: world)
        }
    }

    /// Goes back to the last revision that was complete, or with ABORT leaves everything as it is.
    private static func stop(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let arn = input["serviceDeploymentArn"]?.stringValue ?? ""
        guard var deployment = world.containers.serviceDeployments[arn] else {
            throw CloudFault("ServiceDeploymentNotFoundException", "Service deployment not found.")
        }
        guard !deployment.status.isFinal else {
            throw CloudFault("ConflictException", "The service deployment is not in progress.")
        }
        // One that is being stopped or rolled back goes on with that.
        if deployment.status == .pending || deployment.status == .inProgress {
            deployment.status = input["stopType"] == "ABORT" ? .stopRequested : .rollbackRequested
            deployment.updatedAt = context.now
            world.containers.serviceDeployments[arn] = deployment
        }
        return ["serviceDeploymentArn": .string(arn)]
    }

    /// Answers what is asked for by ARN, up to 20 of them, with a failure for each that is not there.
    private static func found(
        _ input: AttributeValue, _ arns: String, as member: String, called name: String,
        describe: (String) -> AttributeValue?
    ) throws(CloudFault) -> AttributeValue {
        let asked = (input[arns]?.listValue ?? []).compactMap(\.stringValue)
        if asked.isEmpty { throw .invalidParameter("\(name) cannot be empty.") }
        guard asked.count <= 20 else { throw .invalidParameter("\(name) can have at most 20 items.") }
        var found: [AttributeValue] = []
        var failures: [AttributeValue] = []
        for arn in asked {
            if let description = describe(arn) {
                found.append(description)
            } else {
                failures.append(["arn": .string(arn), "reason": "MISSING"])
            }
        }
        return [member: .list(found), "failures": .list(failures)]
    }
}
