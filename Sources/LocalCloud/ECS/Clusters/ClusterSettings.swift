import AttributeTree

/// The settings of a cluster: `containerInsights`, which has a default of its own in the account.
enum ClusterSettings {
    /// - Parameter changes: what a call sets; other settings stay as they are.
    static func merged(
        _ settings: [AttributeValue], with changes: AttributeValue?, defaults: ContainerState
    ) -> AttributeValue {
        let insights = defaults.accountSettings["containerInsights"] ?? "disabled"
        var values = ["containerInsights": AttributeValue.string(insights)]
        for setting in settings + (changes?.listValue ?? []) {
            if let name = setting["name"]?.stringValue { values[name] = setting["value"] }
        }
        return .list(values.sorted { $0.key < $1.key }.map { ["name": .string($0.key), "value": $0.value] })
    }
}
