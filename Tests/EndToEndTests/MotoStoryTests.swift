import AttributeTree
import Foundation
import TestBackends
import Testing

extension EndToEndTests {
    /// The life of manifests/hello, on an API whose services never progress.
    @Suite struct MotoStoryTests {
        @Test(
            "What never progresses is waited for until the deadline and said; it can be changed and destroyed",
            Moto.isInstalled())
        func story() async throws {
            try await Moto.run { moto in
                try await Workplace.with("hello", on: moto.access) { place in
                    try place.suitMoto()
                    try await timesOut(place)
                    try await changes(place)
                    try await destroys(place)
                }
            }
        }
    }
}

private func timesOut(_ place: Workplace) async throws {
    let applied = try await place.reconcile("apply", "--yes", "--timeout", "2s").expect(status: 4)
    #expect(
        applied.errors.contains("after 2 s: Service/web is \"Created\", waiting for 0 of 2 tasks running"),
        "\(applied.errors)")
    let found = try await Inventory(of: place.aws)
    #expect(found == .hello)
    // Nothing is to be called: what is left is to wait.
    let plan = try await place.reconcile("plan", "-o", "json", "--detailed-exitcode").expect(status: 2)
    let steps = try plan.json["steps"]
    #expect(steps.strings("verb") == ["await", "verify"])
    #expect(steps?.listValue?.allSatisfy { $0["calls"] == [] } == true)
    let status = try await place.reconcile("status", "-o", "json").expect(status: 1)
    let rows = try status.json["resources"]?.listValue ?? []
    let unsettled = rows.filter { $0["phase"] != "final" }.compactMap { $0["address"]?.stringValue }
    #expect(unsettled == ["TargetGroup/web", "Listener/http", "Service/web", "Tasks/web"])
}

/// A new revision, another count, another health check, and the service with its load balancer taken away.
private func changes(_ place: Workplace) async throws {
    try place.edit("task-definition.yaml", "reconcile/hello", "registry.example/hello:2.0")
    try place.edit("service.yaml", "desiredCount: 2", "desiredCount: 3")
    try place.edit("target-group.yaml", "healthCheckPath: /healthz", "healthCheckPath: /")
    let plan = try await place.reconcile("plan").expect(status: 0)
    #expect(plan.output.contains("register task definition web"))
    #expect(plan.output.contains("[tasks roll]"))
    #expect(plan.output.contains("healthCheckPath: /healthz → /"))
    #expect(plan.output.contains("desiredCount: 2 → 3"))
    try await place.reconcile("apply", "--yes", "--timeout", "2s").expect(status: 4)

    let services = try await place.aws("ecs", "describe-services", "--cluster", "hello", "--services", "web")[
        "services"]
    #expect(services?[0]?["desiredCount"] == 3)
    #expect(services?[0]?["taskDefinition"]?.stringValue?.hasSuffix("/web:2") == true)
    let groups = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]
    #expect(groups.strings("HealthCheckPath") == ["/"])

    for file in ["service.yaml", "task-definition.yaml", "listener.yaml", "target-group.yaml"] {
        try place.write(nil, to: file)
    }
    try await place.reconcile("apply", "--yes").expect(status: 0)
    let found = try await Inventory(of: place.aws)
    #expect(found == Inventory(clusters: ["hello"], loadBalancers: ["hello"]))
    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
}

private func destroys(_ place: Workplace) async throws {
    try await place.reconcile("destroy", "--yes").expect(status: 0)
    let found = try await Inventory(of: place.aws)
    #expect(found == .empty)
}
