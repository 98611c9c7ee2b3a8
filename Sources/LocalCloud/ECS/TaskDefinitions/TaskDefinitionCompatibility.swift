import AttributeTree

/// On what a task definition can run.
enum TaskDefinitionCompatibility {
    /// What `compatibilities` says of a normalized task definition.
    static func of(_ content: AttributeValue) -> [AttributeValue] {
        let mode = content["networkMode"]?.stringValue ?? "bridge"
        guard mode == "awsvpc" else { return ["EXTERNAL", "EC2"] }
        return isForFargate(content) ? ["EC2", "FARGATE"] : ["EC2"]
    }

    private static func isForFargate(_ content: AttributeValue) -> Bool {
        guard let cpu = (content["cpu"]?.stringValue).flatMap(Int.init),
            let memory = (content["memory"]?.stringValue).flatMap(Int.init),
            TaskSize.isOfFargate(cpu: cpu, memory: memory)
        else { return false }
        let containers = content["containerDefinitions"]?.listValue ?? []
        return !containers.contains { $0["privileged"] == true }
            && (content["placementConstraints"]?.listValue ?? []).isEmpty
    }
}
