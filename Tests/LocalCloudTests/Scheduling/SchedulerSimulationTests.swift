import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

/// Services whose users and tasks do this and that at random; what has to hold, holds every second.
@Suite(.tags(.medium))
struct SchedulerSimulationTests {
    @Test(arguments: UInt64(0)..<40)
    func withoutFailuresEnoughTasksAreAlwaysHealthy(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var life = ServiceLife(random: &random, breaker: false)
        _ = try #require(life.stage.run(atMost: 60) { $0.service.isSteady })
        for revision in 2...3 {
            life.stage.deploy(revision: revision)
            let limits = life.limits
            life.run(seconds: .random(in: 1...15, using: &random)) { stage in
                #expect(stage.healthy.count >= limits.minimum)
            }
        }
        try life.settle()
    }

    @Test(arguments: UInt64(0)..<60)
    func whateverHappensTheServiceComesToRest(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var life = ServiceLife(random: &random, breaker: .random(using: &random))
        for _ in 0..<6 {
            life.happens(using: &random)
            life.run(seconds: .random(in: 1...12, using: &random))
        }
        life.stage.sick = []
        life.deploy(.serves)
        try life.settle()
    }

    @Test(arguments: UInt64(0)..<20)
    func aBreakerEndsEveryBadDeployment(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var life = ServiceLife(random: &random, breaker: true)
        _ = try #require(life.stage.run(atMost: 60) { $0.service.isSteady })
        let bad: [ServiceStage.Behaviour] = [.cannotBePulled, .exits(after: 0), .answersNotFound]
        life.deploy(bad[Int.random(in: 0..<3, using: &random)])
        _ = try #require(life.stage.run(atMost: 200) { $0.serviceDeployments[1].status == .rollbackSuccessful })
        let needed = CircuitBreaker(life.stage.service.settings["deploymentConfiguration"])
            .failuresAllowed(desired: life.limits.desired)
        let counted = life.stage.serviceDeployments[1].failureCount
        // Tasks that were started together may fail together.
        #expect((needed..<needed + max(1, life.limits.maximum)).contains(counted))
        #expect(life.stage.wanted(ofRevision: 1).count == life.limits.desired)
    }
}

/// A service, and what may happen to it.
private struct ServiceLife {
    var stage: ServiceStage
    private var revision = 1
    private let minimumPercent: Int
    private let maximumPercent: Int

    init(random: inout SeededGenerator, breaker: Bool) {
        minimumPercent = [0, 50, 100].randomElement(using: &random) ?? 100
        maximumPercent = [150, 200].randomElement(using: &random) ?? 200
        stage = ServiceStage(
            desired: .random(in: 2...4, using: &random),
            settings: [
                "deploymentConfiguration": [
                    "minimumHealthyPercent": .int(minimumPercent), "maximumPercent": .int(maximumPercent),
                    "deploymentCircuitBreaker": ["enable": .bool(breaker), "rollback": true],
                ]
            ],
            deregistrationDelay: .random(in: 0...4, using: &random))
        stage.startTime = Double.random(in: 1...4, using: &random)
    }

    var limits: DeploymentPlan.Limits {
        DeploymentPlan.Limits(
            desired: stage.service.wantedCount, minimumHealthyPercent: minimumPercent, maximumPercent: maximumPercent)
    }

    mutating func deploy(_ behaviour: ServiceStage.Behaviour) {
        revision += 1
        stage.deploy(revision: revision, behaviour: behaviour)
    }

    mutating func happens(using random: inout SeededGenerator) {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: deploy(.serves)
        case 1: deploy([.cannotBePulled, .exits(after: 1), .answersNotFound].randomElement(using: &random) ?? .serves)
        case 2: stage.scale(to: .random(in: 0...5, using: &random))
        case 3: if let task = stage.healthy.randomElement(using: &random) { stage.sick.insert(task.id) }
        default:
            guard let task = stage.wanted.randomElement(using: &random) else { return }
            stage.record(.ended(container: "app", exitCode: 137, reason: nil), of: task)
        }
    }

    /// Lets time pass, and looks every second.
    mutating func run(seconds: Int, watch: (ServiceStage) -> Void = { _ in }) {
        var before = stage.wanted.count
        let maximum = limits.maximum
        stage.run(seconds: seconds) { stage in
            #expect(stage.wanted.count <= max(before, maximum))
            before = stage.wanted.count
            #expect(stage.service.deployments.count { $0.status == .primary } == 1)
            watch(stage)
        }
    }

    /// In the end there is what was wanted, and nothing else.
    mutating func settle() throws {
        _ = try #require(stage.run(atMost: 300) { $0.service.isSteady })
        #expect(stage.healthy.count == stage.service.wantedCount)
        #expect(stage.service.deployments.count == 1)
        let targets = stage.world.targetGroup(ServiceStage.targetGroup)?.targets ?? []
        #expect(Set(targets.map(\.id)) == Set(stage.wanted.map(\.loopbackAddress)))
        #expect(stage.tasks.allSatisfy { $0.isWanted || $0.lastStatus == .stopped })
        let taken = stage.world.network.subnets.map { $0.range.count - 5 - stage.world.network.freeAddresses(in: $0) }
        #expect(taken.reduce(0, +) == stage.wanted.count, "no address is lost")
    }
}
