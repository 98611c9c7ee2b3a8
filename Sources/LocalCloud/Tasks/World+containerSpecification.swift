import AttributeTree
import TaskRunning

/// A secret that a container is to be given is not there.
struct MissingSecret: Error, Sendable, Hashable {
    var reference: String

    /// In ECS's words.
    var reason: String {
        "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm or "
            + "ssm: \(reference) was not found"
    }
}

extension World {
    /// What is run for a container of a task: its definition, with what the task overrides and what its secrets hold.
    func specification(
        of definition: ContainerDefinition, in task: TaskRecord
    ) throws(MissingSecret) -> ContainerSpecification {
        let content = definition.content
        let overrides = task.settings["overrides"]?["containerOverrides"]?.listValue?
            .first { $0["name"]?.stringValue == definition.name }
        var environment = content.pairs("environment", value: "value")
        for (name, reference) in content.pairs("secrets", value: "valueFrom") {
            guard let value = secretValue(reference) else { throw MissingSecret(reference: reference) }
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
