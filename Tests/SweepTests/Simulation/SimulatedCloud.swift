import AWSKinds
import AWSModel
import LoadBalancing
import Logging
import SigV4
import StateModel
import Synchronization
import TaskRunning
import TestSupport

@testable import LocalCloud

/// The local cloud without sockets, processes and real time: its tasks start and are healthy as time passes, which it
/// does only while nobody has anything to do.
final class SimulatedCloud: Sendable {
    let clock = ManualClock()
    let engine: CloudEngine
    let faults: FaultInjector
    let frontDoor: FrontDoor
    private let start: Moment

    static let key = SigningCredentials(accessKeyID: "AKIAROOT", secretAccessKey: "secret")
    static let beginning = Moment(1_800_000_000)

    /// What was there at a moment, from which a cloud can go on any number of times.
    struct Snapshot: Sendable {
        var world = World(account: Account())
        var moment = SimulatedCloud.beginning
        var ids: UInt64 = 1
        var recorded = RecordedState(lineage: "sweep", salt: "salt")
    }

    init(_ snapshot: Snapshot = Snapshot()) {
        start = snapshot.moment
        let ids = Mutex(SeededGenerator(seed: snapshot.ids))
        let engine = CloudEngine(
            world: snapshot.world, clock: CloudClock(start: start, rate: 1, following: clock),
            ids: IDSource { ids.withLock { $0.next() } })
        self.engine = engine
        faults = FaultInjector(engine: engine)
        let root = AccessKey(credentials: Self.key, caller: engine.owner)
        frontDoor = FrontDoor(
            engine: engine, catalog: ServiceCatalog(ImitatedService.all),
            authenticator: Authenticator(region: "local-1") { $0 == root.credentials.accessKeyID ? root : nil },
            faults: faults, logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() })
    }

    func snapshot(_ recorded: RecordedState, ids: UInt64) -> Snapshot {
        Snapshot(world: engine.read { $0 }, moment: engine.clock.moment, ids: ids, recorded: recorded)
    }

    var time: SigningTime { SigningTime(secondsSince1970: Int(engine.clock.moment.secondsSince1970)) }

    /// Lets time pass second by second until somebody wakes; returns whether anybody slept.
    func passTime() -> Bool {
        guard let deadline = clock.nextDeadline else { return false }
        while clock.now.advanced(by: .seconds(1)) < deadline {
            clock.advance(by: .seconds(1))
            tick()
        }
        clock.advanceToNextDeadline()
        tick()
        return true
    }

    /// Lets everything drain that nobody waits for, for which ten minutes are enough.
    func settle() {
        for step in Array(repeating: 1, count: 60) + Array(repeating: 20, count: 27) {
            clock.advance(by: .seconds(step))
            tick()
        }
    }

    private func tick() {
        engine.change { world, context in
            world.advance(to: context.now)
            world.actAsTasks(at: context.now)
        }
    }
}

extension World {
    /// What supervisors of tasks that always serve, and of a balancer, would tell.
    fileprivate mutating func actAsTasks(at now: Moment) {
        for task in containers.tasks.values {
            switch task.lastStatus {
            case .provisioning where task.isWanted:
                record(.prepared(TaskPlace(task: task.id, address: task.loopbackAddress)), ofTask: task.arn, at: now)
            case .pending where task.isWanted:
                for container in task.containers where container.lastStatus == .pending {
                    let handle = ContainerHandle(
                        task: task.id, name: container.name, runtimeID: task.id, address: task.loopbackAddress)
                    record(.started(container: container.name, handle), ofTask: task.arn, at: now)
                }
            case .stopping:
                let running = task.containers.filter { $0.lastStatus == .running }
                for container in running {
                    record(.ended(container: container.name, exitCode: 143, reason: nil), ofTask: task.arn, at: now)
                }
                if running.isEmpty { record(.removed, ofTask: task.arn, at: now) }
            case .running, .provisioning, .pending, .activating, .deactivating, .deprovisioning, .stopped: continue
            }
            advance(to: now)
        }
        for group in balancing.targetGroups.values {
            for target in group.targets {
                let key = TargetKey(TargetGroupID(group.arn), Target(target.id, target.port))
                record(.healthy, of: key, at: now)
            }
        }
    }
}

// MARK: - Through the load balancer

extension SimulatedCloud: Prober {
    func probe(_ request: ProbeRequest) async throws -> ProbeOutcome {
        let status = engine.read { $0.status(of: request) }
        return status.map { .answered(status: $0, body: "", via: request.url) }
            ?? .unanswered(reason: "nobody listens there")
    }
}

extension World {
    fileprivate func status(of request: ProbeRequest) -> Int? {
        guard let balancer = balancing.loadBalancers.values.first(where: { $0.address == request.host }),
            let listener = balancing.listeners(of: balancer.arn).first(where: { $0.port == request.port })
        else { return nil }
        guard case .forward(let forward) = listener.defaultRule.action.kind else { return 200 }
        let isServed = forward.destinations.contains { destination in
            destination.weight > 0
                && balancing.targetGroups[destination.targetGroupARN]?.targets.contains {
                    $0.health == .healthy && $0.drainsUntil == nil
                } == true
        }
        return isServed ? 200 : 503
    }
}
