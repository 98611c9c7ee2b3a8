import AttributeTree

/// The operations on the tags of whatever ECS has.
enum TagCalls {
    static let operations: [String: OperationHandler] = [
        "TagResource": tag, "UntagResource": untag, "ListTagsForResource": list,
    ]

    private static func tag(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let list = input["tags"] ?? []
        if list.listValue?.isEmpty ?? true { throw .invalidParameter("Tags can not be empty.") }
        try world.changeTags(of: input["resourceArn"]?.stringValue ?? "") { tags throws(CloudFault) in
            tags = try TagRules.merged(tags, with: list)
        }
        return [:]
    }

    private static func untag(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let keys = (input["tagKeys"]?.listValue ?? []).compactMap(\.stringValue)
        try world.changeTags(of: input["resourceArn"]?.stringValue ?? "") { tags in
            for key in keys { tags.values[key] = nil }
        }
        return [:]
    }

    private static func list(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var found = Tags()
        try world.changeTags(of: input["resourceArn"]?.stringValue ?? "") { found = $0 }
        return ["tags": found.list(.lower)]
    }
}

extension World {
    /// Changes the tags of a cluster, a service, a task definition or a task.
    fileprivate mutating func changeTags(
        of arn: String, _ change: (inout Tags) throws(CloudFault) -> Void
    ) throws(CloudFault) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 6, parts[0] == "arn", parts[2] == "ecs" else {
            throw .invalidParameter("The ARN provided is invalid.")
        }
        switch parts[5].prefix(while: { $0 != "/" }) {
        case "cluster": try changeClusterTags(arn, change)
        case "service": try changeServiceTags(arn, change)
        case "task-definition":
            guard var definition = containers.taskDefinitions[arn] else {
                throw .invalidParameter(
                    "The specified task definition was not found. Specify an active or inactive task definition and "
                        + "try again.")
            }
            try change(&definition.tags)
            if definition.tags != containers.taskDefinitions[arn]?.tags { containers.taskDefinitions[arn] = definition }
        case "task":
            guard var task = containers.tasks[arn], task.lastStatus != .stopped else {
                throw .invalidParameter("The specified task is stopped. Specify a running task and try again.")
            }
            try change(&task.tags)
            if task.tags != containers.tasks[arn]?.tags { containers.tasks[arn] = task }
        default: throw .invalidParameter("The ARN provided is invalid.")
        }
    }

    private mutating func changeClusterTags(
        _ arn: String, _ change: (inout Tags) throws(CloudFault) -> Void
    ) throws(CloudFault) {
        guard var cluster = containers.clusters[arn] else { throw .clusterNotFound }
        guard cluster.status != .inactive else {
            throw .invalidParameter("The specified cluster is inactive. Specify an active cluster and try again.")
        }
        try change(&cluster.tags)
        if cluster.tags != containers.clusters[arn]?.tags { containers.clusters[arn] = cluster }
    }

    private mutating func changeServiceTags(
        _ arn: String, _ change: (inout Tags) throws(CloudFault) -> Void
    ) throws(CloudFault) {
        guard var service = containers.services[arn], service.status == .active else {
            throw .invalidParameter("The specified service is inactive. Specify an active service and try again.")
        }
        try change(&service.tags)
        if service.tags != containers.services[arn]?.tags { containers.services[arn] = service }
    }
}
