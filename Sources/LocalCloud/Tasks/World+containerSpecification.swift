import AttributeTree
import TaskRunning

/// Something that a container needs before it is started is not there.
enum MissingNeed: Error, Sendable, Hashable {
    case secret(String)
    case logGroup(String)

    /// In ECS's words.
    var reason: String {
        switch self {
        case .secret(let reference):
            "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm or "
                + "ssm: \(reference) was not found"
        case .logGroup(let group):
            "ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream: "
                + "ResourceNotFoundException: The specified log group does not exist: \(group)"
        }
    }
}

extension World {
    /// What is run for a container of a task: its definition, with what the task overrides and what its secrets hold.
    func specification(
        of definition: ContainerDefinition, in task: TaskRecord
    ) throws(MissingNeed) -> ContainerSpecification {
        let content = definition.content
        if let group = missingLogGroup(content["logConfiguration"]) { throw .logGroup(group) }
        let overrides = TaskOverrides.container(definition.name, in: task.settings["overrides"])
        var environment = content.pairs("environment", value: "value")
        for (name, reference) in content.pairs("secrets", value: "valueFrom") {
            guard let value = secretValue(reference) else { throw .secret(reference) }
            environment[name] = value
        }
        environment.merge(overrides?.pairs("environment", value: "value") ?? [:]) { $1 }
        environment["AWS_REGION"] = environment["AWS_REGION"] ?? account.region
        return ContainerSpecification(
            name: definition.name, image: content["image"]?.stringValue ?? "",
            entryPoint: content.strings("entryPoint"),
            command: overrides?.strings("command") ?? content.strings("command"), environment: environment,
            workingDirectory: content["workingDirectory"]?.stringValue, user: content["user"]?.stringValue,
            memoryLimit: overrides?["memory"]?.intValue ?? content["memory"]?.intValue,
            ports: (content["portMappings"]?.listValue ?? []).compactMap { $0["containerPort"]?.intValue },
            isReadOnly: content["readonlyRootFilesystem"]?.boolValue ?? false,
            hasInit: content["linuxParameters"]?["initProcessEnabled"]?.boolValue ?? false)
    }

    /// The group that `awslogs` is to write to, where it is neither there nor to be made.
    private func missingLogGroup(_ configuration: AttributeValue?) -> String? {
        guard configuration?["logDriver"] == "awslogs", let options = configuration?["options"],
            options["awslogs-create-group"] != "true", let group = options["awslogs-group"]?.stringValue,
            !hasLogGroup(group)
        else { return nil }
        return group
    }
}

extension AttributeValue {
    /// The members `name` and `value` of a list's elements.
    fileprivate func pairs(_ list: String, value: String) -> [String: String] {
        Dictionary(
            (self[list]?.listValue ?? []).compactMap { pair in
                pair["name"]?.stringValue.map { ($0, pair[value]?.stringValue ?? "") }
            }
        ) { _, last in last }
    }

    /// `nil` when it is absent or empty, which mean the same to ECS.
    fileprivate func strings(_ list: String) -> [String]? {
        let strings = (self[list]?.listValue ?? []).compactMap(\.stringValue)
        return strings.isEmpty ? nil : strings
    }
}
