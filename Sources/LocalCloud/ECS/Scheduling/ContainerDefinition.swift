import AttributeTree

/// A container as a task definition describes it, as far as the order of starts and stops and the health go by it.
struct ContainerDefinition: Sendable, Equatable {
    enum Condition: String, Sendable {
        case start = "START", complete = "COMPLETE", success = "SUCCESS", healthy = "HEALTHY"
    }

    struct Dependency: Sendable, Equatable {
        var container: String
        var condition: Condition
    }

    /// In seconds.
    struct HealthCheck: Sendable, Equatable {
        var command: [String]
        var interval: Double
        var timeout: Double
        var retries: Int
        var startPeriod: Double
    }

    var name: String
    var isEssential: Bool
    var dependsOn: [Dependency]
    var healthCheck: HealthCheck?
    /// In seconds: how long its dependencies may take; `nil` for as long as they like.
    var startTimeout: Double?
    /// In seconds, between SIGTERM and SIGKILL.
    var stopTimeout: Double
    /// All of it, as AWS writes it.
    var content: AttributeValue

    init(_ content: AttributeValue) {
        self.content = content
        name = content["name"]?.stringValue ?? ""
        isEssential = content["essential"]?.boolValue ?? true
        dependsOn = (content["dependsOn"]?.listValue ?? []).compactMap { dependency in
            guard let container = dependency["containerName"]?.stringValue,
                let condition = dependency["condition"]?.stringValue.flatMap(Condition.init)
            else { return nil }
            return Dependency(container: container, condition: condition)
        }
        healthCheck = content["healthCheck"].flatMap(HealthCheck.init)
        startTimeout = content["startTimeout"]?.intValue.map(Double.init)
        stopTimeout = Double(content["stopTimeout"]?.intValue ?? 30)
    }
}

extension ContainerDefinition.HealthCheck {
    /// `nil` where no command is given, or `["NONE"]`, which turns the check of the image off.
    init?(_ content: AttributeValue) {
        command = (content["command"]?.listValue ?? []).compactMap(\.stringValue)
        guard let kind = command.first, kind != "NONE" else { return nil }
        if kind == "CMD-SHELL" {
            command = ["/bin/sh", "-c", command.dropFirst().joined(separator: " ")]
        } else if kind == "CMD" {
            command.removeFirst()
        }
        interval = Double(content["interval"]?.intValue ?? 30)
        timeout = Double(content["timeout"]?.intValue ?? 5)
        retries = content["retries"]?.intValue ?? 3
        startPeriod = Double(content["startPeriod"]?.intValue ?? 0)
    }
}

extension World {
    /// The containers of a task definition, in its order.
    func containerDefinitions(of taskDefinitionARN: String) -> [ContainerDefinition] {
        let content = containers.taskDefinitions[taskDefinitionARN]?.content
        return (content?["containerDefinitions"]?.listValue ?? []).map(ContainerDefinition.init)
    }
}
