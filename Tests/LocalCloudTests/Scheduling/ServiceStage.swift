import AttributeTree
import LoadBalancing
import Synchronization
import TaskRunning

@testable import LocalCloud

/// A service in a world of its own, with tasks that behave as they are told, and time that passes in steps of a second.
struct ServiceStage {
    /// What the tasks of a revision do.
    enum Behaviour {
        case serves
        /// Its only container ends so many seconds after its start.
        case exits(after: Double)
        case cannotBePulled
        /// It runs, and its health check gets 404.
        case answersNotFound
    }

    static let targetGroup = "arn:aws:elasticloadbalancing:local-1:000000000000:targetgroup/web/1"

    var world = World(account: Account())
    var now = Moment(1_000_000)
    /// By revision of the task definition.
    var behaviours: [Int: Behaviour] = [:]
    /// Seconds between PROVISIONING and RUNNING, about.
    var startTime = 2.0
    /// Tasks whose health checks fail whatever their revision does.
    var sick: Set<String> = []
    let serviceARN: String
    private let cluster: ClusterRecord
    private var random: SequenceOfIDs

    /// - Parameter settings: of the service, beside its desired count.
    init(
        desired: Int, settings: AttributeValue = [:], isBalanced: Bool = true, deregistrationDelay: Int = 3,
        container: AttributeValue = [:], behaviour: Behaviour = .serves
    ) {
        let account = Account()
        cluster = ClusterRecord(
            name: "hello", arn: account.arn("ecs", "cluster/hello"), status: .active, settings: Document([:]),
            tags: Tags())
        serviceARN = account.arn("ecs", "service/hello/web")
        random = SequenceOfIDs()
        world.containers.clusters[cluster.arn] = cluster
        if isBalanced { makeTargetGroup(deregistrationDelay: deregistrationDelay) }
        var all: AttributeValue = ["desiredCount": .int(desired), "launchType": "FARGATE"]
        if isBalanced {
            all["loadBalancers"] = [
                ["targetGroupArn": .string(Self.targetGroup), "containerName": "app", "containerPort": 8080]
            ]
        }
        for (name, value) in settings.mapValue ?? [:] { all[name] = value }
        var definition: AttributeValue = ["name": "app", "image": "hello", "essential": true]
        for (name, value) in container.mapValue ?? [:] { definition[name] = value }
        register(revision: 1, containers: [definition], behaviour: behaviour)
        all["taskDefinition"] = .string(definitionARN(1))
        var service = ServiceRecord(
            settings: Document(all), arn: serviceARN, name: "web", clusterARN: cluster.arn, status: .active,
            createdAt: now, createdBy: account.globalARN("iam", "root"), tags: Tags(), deployments: [], events: [])
        world.startDeployment(of: &service, at: now, ids: ids)
        world.containers.services[serviceARN] = service
        world.advance(to: now)
    }

    var ids: IDSource { IDSource { [random] in random.next() } }
    var service: ServiceRecord { world.containers.services[serviceARN] ?? missing() }
    var tasks: [TaskRecord] { world.containers.tasks.values.filter { $0.serviceARN == serviceARN } }
    var wanted: [TaskRecord] { tasks.filter(\.isWanted) }
    var healthy: [TaskRecord] {
        wanted.filter { world.condition(of: $0, gracePeriod: service.gracePeriod, at: now) == .healthy }
    }
    var messages: [String] { service.events.map(\.message).reversed() }
    var serviceDeployments: [ServiceDeploymentRecord] { Array(world.containers.serviceDeployments.values) }

    /// Adds a revision of the task definition, and deploys it.
    mutating func deploy(revision: Int, behaviour: Behaviour = .serves) {
        let containers = world.containers.taskDefinitions[definitionARN(1)]?.containers ?? []
        register(revision: revision, containers: containers, behaviour: behaviour)
        var service = service
        service.settings["taskDefinition"] = .string(definitionARN(revision))
        world.startDeployment(of: &service, at: now, ids: ids)
        world.containers.services[serviceARN] = service
        world.advance(to: now)
    }

    mutating func scale(to count: Int) {
        world.containers.services[serviceARN]?.settings["desiredCount"] = .int(count)
        world.advance(to: now)
    }

    mutating func delete() {
        world.containers.services[serviceARN]?.status = .draining
        world.advance(to: now)
    }

    func wanted(ofRevision revision: Int) -> [TaskRecord] {
        wanted.filter { $0.taskDefinitionARN == definitionARN(revision) }
    }

    func definitionARN(_ revision: Int) -> String { world.account.arn("ecs", "task-definition/web:\(revision)") }

    /// Lets time pass, second by second.
    mutating func run(seconds: Int, watch: (Self) -> Void = { _ in }) {
        for _ in 0..<seconds {
            now = now + 1
            world.advance(to: now)
            actOnTasks()
            world.advance(to: now)
            watch(self)
        }
    }

    /// Lets time pass until it is so; returns after how many seconds, or nil after too many.
    mutating func run(atMost seconds: Int = 4000, until isReached: (Self) -> Bool) -> Int? {
        for second in 0..<seconds {
            if isReached(self) { return second }
            run(seconds: 1)
        }
        return nil
    }

    /// What is recorded of one task.
    mutating func record(_ event: TaskEvent, of task: TaskRecord) {
        world.record(event, ofTask: task.arn, at: now)
        world.advance(to: now)
    }

    private mutating func actOnTasks() {
        for task in tasks {
            switch task.lastStatus {
            case .provisioning where task.isWanted:
                record(.prepared(TaskPlace(task: task.id, address: task.loopbackAddress)), of: task)
            case .pending where task.isWanted && now - task.createdAt >= startTime - 1: start(task)
            case .running: keepRunning(task)
            case .stopping: end(task)
            case .provisioning, .pending, .activating, .deactivating, .deprovisioning, .stopped: break
            }
        }
    }

    private mutating func start(_ task: TaskRecord) {
        if case .cannotBePulled = behaviour(of: task) {
            return record(.failed(container: "app", reason: "CannotPullContainerError: no such image"), of: task)
        }
        let handle = ContainerHandle(
            task: task.id, name: "app", runtimeID: task.id, address: task.loopbackAddress)
        record(.started(container: "app", handle), of: task)
    }

    private mutating func keepRunning(_ task: TaskRecord) {
        if case .exits(let delay) = behaviour(of: task), now - (task.startedAt ?? now) >= delay {
            return record(.ended(container: "app", exitCode: 1, reason: nil), of: task)
        }
        if task.containers[0].isCheckDue { record(.checked(container: "app", passed: passes(task)), of: task) }
        guard task.registrations.contains(where: \.isRegistered) else { return }
        let key = TargetKey(
            TargetGroupID(Self.targetGroup), Target(task.loopbackAddress, 8080))
        world.record(passes(task) ? .healthy : .unhealthy(.status(404)), of: key, at: now)
    }

    private mutating func end(_ task: TaskRecord) {
        let running = task.containers.filter { $0.lastStatus == .running }
        if running.isEmpty { return record(.removed, of: task) }
        for container in running {
            record(.ended(container: container.name, exitCode: 143, reason: nil), of: task)
        }
    }

    private func behaviour(of task: TaskRecord) -> Behaviour {
        let revision = world.containers.taskDefinitions[task.taskDefinitionARN]?.revision ?? 0
        return behaviours[revision] ?? .serves
    }

    private func passes(_ task: TaskRecord) -> Bool {
        if case .answersNotFound = behaviour(of: task) { return false }
        return !sick.contains(task.id)
    }

    private mutating func register(revision: Int, containers: [AttributeValue], behaviour: Behaviour) {
        behaviours[revision] = behaviour
        let arn = definitionARN(revision)
        world.containers.taskDefinitions[arn] = TaskDefinitionRecord(
            arn: arn, family: "web", revision: revision, status: .active,
            content: Document([
                "containerDefinitions": .list(containers), "networkMode": "awsvpc", "cpu": "256", "memory": "512",
            ]), tags: Tags(), registeredAt: now, registeredBy: "")
    }

    private mutating func makeTargetGroup(deregistrationDelay: Int) {
        let balancer = "arn:aws:elasticloadbalancing:local-1:000000000000:loadbalancer/app/hello/1"
        world.balancing.targetGroups[Self.targetGroup] = TargetGroupRecord(
            arn: Self.targetGroup, name: "web", targetType: .ip, protocol: .http, port: 8080,
            vpcID: world.network.defaultVPC,
            healthCheck: HealthCheckSettings(
                protocol: .http, port: nil, path: "/", interval: 30, timeout: 5, healthyThreshold: 5,
                unhealthyThreshold: 2, matcher: StatusMatcher("200") ?? missing()),
            attributes: AttributeSettings(
                values: ["deregistration_delay.timeout_seconds": String(deregistrationDelay)]),
            tags: Tags(), targets: [])
        world.balancing.loadBalancers[balancer] = LoadBalancerRecord(
            arn: balancer, name: "hello", scheme: .internetFacing, address: "127.0.1.1",
            vpcID: world.network.defaultVPC,
            zones: world.network.subnets.map { .init(name: $0.zone, subnetID: $0.id) }, securityGroups: [],
            ipAddressType: "ipv4", createdAt: now, attributes: AttributeSettings(), tags: Tags())
        let forward = RuleAction.Forward(
            destinations: [.init(targetGroupARN: Self.targetGroup, weight: 1)], isSticky: false)
        world.balancing.put(
            ListenerRecord(
                arn: "\(balancer)/2", loadBalancerARN: balancer, port: 80, protocol: .http,
                defaultRule: RuleRecord(
                    arn: "\(balancer)/3", listenerARN: "\(balancer)/2", conditions: [],
                    action: RuleAction(kind: .forward(forward), order: 1), tags: Tags()),
                certificates: [], attributes: AttributeSettings(), tags: Tags()))
    }

    private func missing<Value>() -> Value { preconditionFailure("the stage is set up otherwise") }
}

/// Ids that are others each time.
final class SequenceOfIDs: Sendable {
    private let value = Mutex<UInt64>(1)

    func next() -> UInt64 {
        value.withLock { value in
            value &+= 0x9E37_79B9_7F4A_7C15
            return value
        }
    }
}
