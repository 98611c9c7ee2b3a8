import AttributeTree
import Planning
import ResourceModel
import TestSupport
import Testing

@Suite("Desired, recorded and observed", .tags(.small))
struct ComparisonTests {
    /// Three lines of the notation of manifests, and the differences: `path: observed → desired (reason)`.
    ///
    /// `recorded` is applied; then the cloud's resource gets the fields of `observed`, where `-` removes one.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var recorded: String
        var observed = ""
        var desired: String
        var differences: [String]

        init(_ description: String, recorded: String, observed: String = "", desired: String, _ differences: String...)
        {
            testDescription = description
            self.recorded = recorded
            self.observed = observed
            self.desired = desired
            self.differences = differences
        }
    }

    // What the manifest has must be so. If recorded equals desired it is drift, else a change of configuration.
    static let given = [
        Case(
            "a field that is written differently", recorded: "TargetGroup/a healthCheckPath=/x",
            desired: "TargetGroup/a healthCheckPath=/y", "healthCheckPath: /x → /y (configuration)"),
        Case(
            "a field that others changed", recorded: "TargetGroup/a healthCheckPath=/x", observed: "healthCheckPath=/z",
            desired: "TargetGroup/a healthCheckPath=/x", "healthCheckPath: /z → /x (drift)"),
        Case(
            "a field that both changed", recorded: "TargetGroup/a healthCheckPath=/x", observed: "healthCheckPath=/z",
            desired: "TargetGroup/a healthCheckPath=/y", "healthCheckPath: /z → /y (configuration)"),
        Case(
            "a field that others changed to what is desired now", recorded: "TargetGroup/a healthCheckPath=/x",
            observed: "healthCheckPath=/y", desired: "TargetGroup/a healthCheckPath=/y"),
        Case(
            "a nested field of which only one is written",
            recorded: "Service/a deploymentConfiguration={\"maximumPercent\":150}",
            observed: "deploymentConfiguration={\"maximumPercent\":150,\"minimumHealthyPercent\":7}",
            desired: "Service/a deploymentConfiguration={\"maximumPercent\":100}",
            "deploymentConfiguration.maximumPercent: 150 → 100 (configuration)"),
    ]

    // What the manifest does not have is left alone, unless it was recorded: then it goes back to its default.
    static let absent = [
        Case(
            "a field that no manifest ever had", recorded: "TargetGroup/a", observed: "healthCheckPath=/z",
            desired: "TargetGroup/a"),
        Case(
            "a field that the manifest had", recorded: "TargetGroup/a healthCheckPath=/x", desired: "TargetGroup/a",
            "healthCheckPath: /x → / (configuration)"),
        Case(
            "a field that the manifest had at its default", recorded: "TargetGroup/a healthCheckPath=/",
            desired: "TargetGroup/a"),
        Case(
            "a field without a default that the manifest had", recorded: "Cluster/a capacityProviders=[\"FARGATE\"]",
            desired: "Cluster/a", "capacityProviders: [\"FARGATE\"] → not set (configuration)"),
        Case(
            "a nested object that the manifest had",
            recorded: "Service/a deploymentConfiguration={\"deploymentCircuitBreaker\":{\"enable\":true}}",
            desired: "Service/a",
            "deploymentConfiguration.deploymentCircuitBreaker.enable: true → false (configuration)"),
        Case(
            "a tag of others beside ours", recorded: "Cluster/a tags={\"a\":\"1\"}",
            observed: "tags={\"a\":\"1\",\"theirs\":\"2\"}", desired: "Cluster/a tags={\"a\":\"1\"}"),
        Case(
            "a tag that the manifest had", recorded: "Cluster/a tags={\"a\":\"1\",\"b\":\"2\"}",
            desired: "Cluster/a tags={\"a\":\"1\"}", "tags.b: 2 → not set (configuration)"),
        Case(
            "a count that an autoscaler changes", recorded: "Service/a desiredCount=2", observed: "desiredCount=9",
            desired: "Service/a"),
        Case(
            "a field that is for the reconciler alone", recorded: "TaskDefinition/a keepRevisions=3",
            desired: "TaskDefinition/a keepRevisions=2"),
    ]

    // Forms that mean the same are equal.
    static let equal = [
        Case(
            "a set in another order", recorded: "Cluster/a capacityProviders=[\"A\",\"B\"]",
            observed: "capacityProviders=[\"B\",\"A\"]", desired: "Cluster/a capacityProviders=[\"A\",\"B\"]"),
        Case(
            "a keyed list in another order", recorded: "Cluster/a settings=[{\"name\":\"x\"},{\"name\":\"y\"}]",
            observed: "settings=[{\"name\":\"y\"},{\"name\":\"x\"}]",
            desired: "Cluster/a settings=[{\"name\":\"x\"},{\"name\":\"y\"}]"),
        Case(
            "an empty list and nothing", recorded: "Cluster/a capacityProviders=[]", observed: "capacityProviders=-",
            desired: "Cluster/a capacityProviders=[]"),
        Case(
            "0.25 vCPU and 256", recorded: "TaskDefinition/a cpu=\"256\"", desired: "TaskDefinition/a cpu=\"0.25◦vCPU\""
        ),
        Case(
            "a default that the cloud filled in inside a list",
            recorded: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\"}]",
            observed: "containerDefinitions=[{\"name\":\"app\",\"essential\":true,\"workingDirectory\":\"/srv\"}]",
            desired: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\"}]"),
        Case("null and nothing", recorded: "TargetGroup/a", desired: "TargetGroup/a healthCheckPath=null"),
        Case(
            "the word default and what it looks up", recorded: "LoadBalancer/a subnets=default",
            desired: "LoadBalancer/a subnets=[\"subnet-a\",\"subnet-b\"]"),
    ]

    // Inside a list element, and wherever the whole content is sent each time, absent means the default.
    static let elements = [
        Case(
            "a container's image",
            recorded: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\",\"image\":\"x\"}]",
            desired: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\",\"image\":\"y\"}]",
            "containerDefinitions[app].image: x → y (configuration)"),
        Case(
            "a container that is no longer written",
            recorded: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\"},{\"name\":\"log\"}]",
            desired: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\"}]",
            "containerDefinitions[log]: {\"name\":\"log\"} → not set (configuration)"),
        Case(
            "a variable that is added",
            recorded: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\"}]",
            desired:
                "TaskDefinition/a containerDefinitions=[{\"name\":\"app\",\"environment\":[{\"name\":\"A\",\"value\":\"1\"}]}]",
            "containerDefinitions[app].environment[A]: not set → {\"name\":\"A\",\"value\":\"1\"} (configuration)"),
        Case(
            "a command that is no longer written",
            recorded: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\",\"command\":[\"run\"]}]",
            desired: "TaskDefinition/a containerDefinitions=[{\"name\":\"app\"}]",
            "containerDefinitions[app].command: [\"run\"] → not set (configuration)"),
        Case(
            "a field at its default again", recorded: "TaskDefinition/a networkMode=awsvpc",
            desired: "TaskDefinition/a",
            "networkMode: awsvpc → bridge (configuration)"),
    ]

    @Test(arguments: given + absent + equal + elements)
    func `are compared field by field`(_ compared: Case) throws {
        var world = World()
        world.apply(world.plan(compared.recorded), compared.recorded)
        let id = try #require(world.things.keys.first)
        for field in compared.observed.split(separator: " ") {
            let sides = field.split(separator: "=", maxSplits: 1).map(String.init)
            world.things[id]?.attributes[sides[0]] = sides[1] == "-" ? nil : value(sides[1])
        }
        let change = try #require(world.plan(compared.desired).changes.first)
        #expect(change.differences.map { described($0, change.reasons) } == compared.differences)
    }

    private func described(_ difference: Difference, _ reasons: [Reason]) -> String {
        let isDrift = reasons.contains {
            if case .drift(let paths) = $0 { paths.contains(difference.path) } else { false }
        }
        let sides = [difference.observed, difference.desired].map { value in
            value.map { $0.stringValue ?? $0.jsonText() } ?? "not set"
        }
        return "\(difference.path): \(sides.joined(separator: " → ")) (\(isDrift ? "drift" : "configuration"))"
    }
}
