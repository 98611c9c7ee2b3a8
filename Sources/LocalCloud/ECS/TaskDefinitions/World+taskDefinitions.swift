import AttributeTree

extension World {
    /// What a family (its newest active revision), `family:revision` or an ARN stands for, whatever its status.
    func taskDefinition(_ reference: String) -> TaskDefinitionRecord? {
        if reference.hasPrefix("arn:") { return containers.taskDefinitions[reference] }
        if reference.contains(":") {
            return containers.taskDefinitions[account.arn("ecs", "task-definition/\(reference)")]
        }
        return containers.taskDefinitions.values
            .filter { $0.family == reference && $0.status == .active }
            .max { $0.revision < $1.revision }
    }

    /// The task definition that a call starts tasks from.
    func startableTaskDefinition(_ reference: String) throws(CloudFault) -> TaskDefinitionRecord {
        guard let definition = taskDefinition(reference) else { throw .client("TaskDefinition not found.") }
        guard definition.status == .active else { throw .client("TaskDefinition is inactive") }
        return definition
    }
}

extension TaskDefinitionRecord {
    var networkMode: String { content["networkMode"]?.stringValue ?? "bridge" }
    var containers: [AttributeValue] { content["containerDefinitions"]?.listValue ?? [] }

    /// The container of that name.
    func container(_ name: String) -> AttributeValue? { containers.first { $0["name"]?.stringValue == name } }
}
