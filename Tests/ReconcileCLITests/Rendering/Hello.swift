import AWSKinds
import ArgumentParser
import AttributeTree
import Foundation
import Planning
import ReconcileCLI
import Reconciliation
import ResourceModel
import StateModel
import TestSupport

/// `manifests/hello`, and what happens when it is applied.
enum Hello {
    static let owner = Owner(project: "hello", environment: "local")

    static func manifests() throws -> ManifestOptions {
        try ManifestOptions.parse(["-f", TestData.projectDirectory.appending(path: "manifests/hello").path])
    }

    /// Of the first apply.
    static func plan() throws -> Plan {
        let loaded = try LoadedProject(manifests())
        return Planner.plan(
            PlanRequest(
                goal: .converge, owner: loaded.owner, desired: loaded.desired,
                recorded: RecordedState(lineage: "l", salt: "s"), observed: ObservedWorld(),
                catalog: AWSProvider.catalog, hash: { $0 }))
    }

    static let cluster = ResourceAddress(kind: "Cluster", name: "hello")
    static let definition = ResourceAddress(kind: "TaskDefinition", name: "web")
    static let balancer = ResourceAddress(kind: "LoadBalancer", name: "hello")
    static let group = ResourceAddress(kind: "TargetGroup", name: "web")
    static let listener = ResourceAddress(kind: "Listener", name: "http")
    static let service = ResourceAddress(kind: "Service", name: "web")
    static let tasks = ResourceAddress(kind: "Tasks", name: "web")

    static func step(_ verb: StepVerb, _ address: ResourceAddress) -> Step.ID { Step.ID(verb: verb, address: address) }

    static func row(
        _ address: ResourceAddress, _ phase: Phase, _ state: String, waitingFor: String? = nil,
        failure: String? = nil, url: String? = nil
    ) -> ApplyEvent.Content {
        .status(
            StatusRow(
                address: address, phase: phase, state: state, waitingFor: waitingFor,
                failure: failure.map { SettleFailure(.failed, $0) }, detail: url.map { ["url": .string($0)] } ?? [:]))
    }
}

/// Something that happens so many seconds after the beginning.
struct Moment: Sendable {
    var seconds: Double
    var content: ApplyEvent.Content

    init(_ seconds: Double, _ content: ApplyEvent.Content) {
        self.seconds = seconds
        self.content = content
    }

    func event(from start: Double) -> ApplyEvent { ApplyEvent(time: start + seconds, content: content) }
}

extension Hello {
    /// An apply of which every kind of thing that can happen is a part.
    static let applyThatFails: [Moment] = [
        Moment(0, .resolved(cluster, message: "the call of the earlier apply had created it")),
        Moment(0.2, .started(step(.register, definition), summary: "register task definition web")),
        Moment(0.2, .started(step(.create, group), summary: "create target group web")),
        Moment(0.9, .succeeded(step(.register, definition))),
        Moment(0.9, row(definition, .final, "Registered")),
        Moment(1, .succeeded(step(.create, group))),
        Moment(1, row(group, .created, "Created", waitingFor: "0 of 2 targets registered")),
        Moment(1.1, .started(step(.create, service), summary: "create service web")),
        Moment(2, .succeeded(step(.create, service))),
        Moment(2, row(service, .created, "Created", waitingFor: "0 of 2 tasks running")),
        Moment(2, row(tasks, .none, "none", waitingFor: "0 of 2 tasks running")),
        Moment(12, row(service, .created, "Created", waitingFor: "0 of 2 tasks running")),
        Moment(42, row(service, .configured, "Tasks Running", waitingFor: "0 of 2 tasks healthy in TargetGroup/web")),
        Moment(42, row(tasks, .configured, "Registered to Target Group", waitingFor: "the first health check")),
        Moment(
            75,
            row(service, .failed, "Tasks Running", failure: "the deployment failed:\ntasks failed their health checks")),
        Moment(75, .failed(step(.await, service), StepFailure(.failed, "tasks failed their health checks"))),
        Moment(75, .blocked(step(.verify, service), by: [step(.await, service)])),
        Moment(75, .cancelled(step(.create, listener))),
        Moment(900, .unsettled(group, StepFailure(.deadline, "2 of 2 targets are unhealthy after 15m"))),
        Moment(900, .finished(.failed, calls: ["ecs:CreateService": 1])),
    ]
}
