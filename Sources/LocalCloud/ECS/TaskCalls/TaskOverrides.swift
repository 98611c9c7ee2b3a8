import AttributeTree

/// What a task has otherwise than its definition says.
enum TaskOverrides {
    /// With sizes in their canonical form.
    static func normalized(_ given: AttributeValue) throws(CloudFault) -> AttributeValue {
        var overrides = given
        overrides["cpu"] = try TaskSize.cpuUnits(given["cpu"]).map { .string(String($0)) }
        overrides["memory"] = try TaskSize.mebibytes(given["memory"]).map { .string(String($0)) }
        return overrides
    }

    /// As `DescribeTasks` tells them: of every container, be it overridden or not.
    ///
    /// - Parameter names: of the containers, in the order of the task definition.
    static func described(_ overrides: AttributeValue?, containers names: [String]) -> AttributeValue {
        var answer = overrides ?? [:]
        answer["containerOverrides"] = .list(
            names.map { container($0, in: overrides) ?? ["name": .string($0)] })
        answer["inferenceAcceleratorOverrides"] = overrides?["inferenceAcceleratorOverrides"] ?? []
        return answer
    }

    /// Of one container.
    static func container(_ name: String, in overrides: AttributeValue?) -> AttributeValue? {
        overrides?["containerOverrides"]?.listValue?.first { $0["name"]?.stringValue == name }
    }
}
