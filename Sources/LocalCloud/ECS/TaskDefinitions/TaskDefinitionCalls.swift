import AttributeTree

/// The operations on task definitions.
enum TaskDefinitionCalls {
    static let operations: [String: OperationHandler] = [
        "RegisterTaskDefinition": register, "DeregisterTaskDefinition": deregister,
        "DeleteTaskDefinitions": delete, "DescribeTaskDefinition": describe, "ListTaskDefinitions": list,
        "ListTaskDefinitionFamilies": listFamilies,
    ]

    /// Every registration is a new revision, also when nothing differs.
    private static func register(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let tags = try TagRules.creating(input["tags"])
        let content = try TaskDefinitionContent.normalized(input)
        try TaskDefinitionCheck(content).run()
        let family = input["family"]?.stringValue ?? ""
        let revision = (world.containers.revisions[family] ?? 0) + 1
        world.containers.revisions[family] = revision
        let definition = TaskDefinitionRecord(
            arn: world.account.arn("ecs", "task-definition/\(family):\(revision)"), family: family,
            revision: revision, status: .active, content: Document(TaskDefinitionContent.completed(content)),
            tags: tags, registeredAt: context.now, registeredBy: context.caller.arn, deregisteredAt: nil)
        world.containers.taskDefinitions[definition.arn] = definition
        var answer: AttributeValue = ["taskDefinition": definition.description]
        if !tags.values.isEmpty { answer["tags"] = tags.list(.lower) }
        return answer
    }

    private static func deregister(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let reference = input["taskDefinition"]?.stringValue ?? ""
        guard reference.contains(":") else { throw .client("Revision is missing.") }
        guard var definition = world.taskDefinition(reference) else {
            throw .client(
                "The specified task definition does not exist. Specify a valid account, family, revision and try again."
            )
        }
        if definition.status == .active {
            definition.status = .inactive
            definition.deregisteredAt = context.now
            world.containers.taskDefinitions[definition.arn] = definition
        }
        return ["taskDefinition": definition.description]
    }

    /// What is in use stays DELETE_IN_PROGRESS; the rest cannot be described any more.
    private static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let references = (input["taskDefinitions"]?.listValue ?? []).compactMap(\.stringValue)
        if references.isEmpty { throw .invalidParameter("Task definitions cannot be empty.") }
        guard references.count <= 10 else { throw .invalidParameter("task definitions can have at most 10 items.") }
        var deleted: [AttributeValue] = []
        var failures: [AttributeValue] = []
        for reference in references {
            if let why = world.whyNotDeleted(reference) {
                failures.append(["arn": .string(reference), "reason": .string(why)])
            } else if var definition = world.taskDefinition(reference) {
                definition.status = .deleting
                world.containers.taskDefinitions[definition.arn] = definition
                var description = definition.description
                description["deleteRequestedAt"] = .time(context.now)
                deleted.append(description)
            }
        }
        world.forgetDeletedTaskDefinitions()
        return ["taskDefinitions": .list(deleted), "failures": .list(failures)]
    }

    private static func describe(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        world.forgetDeletedTaskDefinitions()
        guard let definition = world.taskDefinition(input["taskDefinition"]?.stringValue ?? "") else {
            throw .client("Unable to describe task definition.")
        }
        var answer: AttributeValue = ["taskDefinition": definition.description]
        if input["include"]?.listValue?.contains("TAGS") ?? false { answer["tags"] = definition.tags.list(.lower) }
        return answer
    }

    private static func list(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        world.forgetDeletedTaskDefinitions()
        let status = input["status"]?.stringValue ?? "ACTIVE"
        let prefix = input["familyPrefix"]?.stringValue
        let found = world.containers.taskDefinitions.values
            .filter { $0.status.rawValue == status && (prefix == nil || $0.family == prefix) }
            .sorted { ($0.family, $0.revision) < ($1.family, $1.revision) }
            .map(\.arn)
        let isDescending = input["sort"]?.stringValue == "DESC"
        return try Listing(input, limit: 100, upTo: 100)
            .answer(isDescending ? found.reversed() : found, as: "taskDefinitionArns")
    }

    private static func listFamilies(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let prefix = input["familyPrefix"]?.stringValue ?? ""
        var active: [String: Bool] = [:]
        for definition in world.containers.taskDefinitions.values where definition.family.hasPrefix(prefix) {
            let isActive = definition.status == .active
            active[definition.family] = isActive || active[definition.family] ?? false
        }
        let status = input["status"]?.stringValue ?? "ACTIVE"
        let families = active.filter { status == "ALL" || $0.value == (status == "ACTIVE") }.keys.sorted()
        return try Listing(input, limit: 100, upTo: 100).answer(families, as: "families")
    }
}

extension World {
    /// Lets go of those that were deleted and are not used any more.
    fileprivate mutating func forgetDeletedTaskDefinitions() {
        guard containers.taskDefinitions.values.contains(where: { $0.status == .deleting }) else { return }
        let used = usedTaskDefinitions
        containers.taskDefinitions.removeAll { $0.status == .deleting && !used.contains($0.arn) }
    }

    /// Those of services and of tasks that have not stopped.
    fileprivate var usedTaskDefinitions: Set<String> {
        var used: Set<String> = []
        for service in containers.services.values where service.status != .inactive {
            used.formUnion(service.deployments.map(\.taskDefinitionARN))
        }
        for task in containers.tasks.values where task.lastStatus != .stopped { used.insert(task.taskDefinitionARN) }
        return used
    }

    fileprivate func whyNotDeleted(_ reference: String) -> String? {
        guard reference.contains(":") else { return "The specified task definition identifier is invalid." }
        guard let definition = taskDefinition(reference) else { return "TASK_DEFINITION_DOES_NOT_EXIST" }
        return definition.status == .active ? "TASK_DEFINITION_NOT_INACTIVE" : nil
    }
}

extension TaskDefinitionRecord {
    var description: AttributeValue {
        var answer = content.value
        answer["taskDefinitionArn"] = .string(arn)
        answer["family"] = .string(family)
        answer["revision"] = .int(revision)
        answer["status"] = .string(status.rawValue)
        answer["registeredAt"] = .time(registeredAt)
        answer["registeredBy"] = .string(registeredBy)
        answer["deregisteredAt"] = deregisteredAt.map { .time($0) }
        return answer
    }
}
