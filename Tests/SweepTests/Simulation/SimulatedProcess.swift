import AWSClient
import AWSKinds
import AWSModel
import AttributeTree
import Planning
import Reconciliation
import ResourceModel
import SigV4
import StateModel
import Synchronization
import TestSupport

@testable import LocalCloud

/// One life of the program before a ``SimulatedCloud``: the real engine, kinds and client, which may be killed at any
/// moment, and between which and the cloud anything may happen.
final class SimulatedProcess: Sendable {
    private struct State: Sendable {
        var moments: [String] = []
        var operations: [String] = []
        var befallen: Set<String> = []
        var random: SeededGenerator
    }

    let cloud: SimulatedCloud
    let executor = StepwiseExecutor()
    private let store: InMemoryStateStore
    private let trouble: Trouble
    private let death: Int?
    private let state: Mutex<State>

    /// - Parameter death: the number of the moment at which it is killed, from 1.
    init(
        _ cloud: SimulatedCloud, store: InMemoryStateStore, seed: UInt64 = 1, death: Int? = nil,
        trouble: Trouble = .none
    ) {
        self.cloud = cloud
        self.store = store
        self.death = death
        self.trouble = trouble
        state = Mutex(State(random: SeededGenerator(seed: seed)))
    }

    /// At which it could have been killed so far: a call before it is sent, and after it was carried out; a write before
    /// and after it was stored.
    var moments: [String] { state.withLock { $0.moments } }
    /// Called so far, each once.
    var operations: [String] { Set(state.withLock { $0.operations }).sorted() }
    /// Of these, those that something befell.
    var befallen: Set<String> { state.withLock { $0.befallen } }

    /// - Returns: `nil` when it was killed.
    func apply(_ desired: DesiredSet, _ goal: PlanRequest.Goal = .converge) throws -> ApplyResult? {
        try executor.run(whenIdle: cloud.passTime) { [reconciler] in
            let holder = LockHolder(user: "me@here", processID: 1, command: "apply", since: 0)
            return try await reconciler.apply(
                ReconcileRequest(goal, desired),
                ApplyOptions(holder: holder, settings: ExecutionSettings(parallelism: 1)), describe: { _ in "" },
                approve: { _ in true }, emit: { _ in })
        }
    }

    func plan(_ desired: DesiredSet, _ goal: PlanRequest.Goal = .converge) throws -> Plan? {
        try executor.run(whenIdle: cloud.passTime) { [reconciler] in
            try await reconciler.plan(ReconcileRequest(goal, desired)).plan
        }
    }

    private var reconciler: Reconciler {
        let environment = [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:4599", "AWS_REGION": "local-1",
            "AWS_ACCESS_KEY_ID": SimulatedCloud.key.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": SimulatedCloud.key.secretAccessKey,
        ]
        let client = APIClient(
            settings: ClientSettings(environment: environment, shared: .none),
            credentials: EnvironmentCredentialProvider(environment), transport: self,
            time: SimulatedTime(cloud: cloud), random: { self.fraction() })
        return Reconciler(
            provider: AWSProvider(AWSAccess(calling: client, clock: cloud.clock, prober: cloud)),
            store: MortalStore(store: store, moment: { await self.moment($0) }),
            owner: Owner(project: "sweep", environment: "local"),
            effects: Effects(
                clock: cloud.clock, time: { [cloud] in cloud.engine.clock.moment.secondsSince1970 },
                makeClientToken: { "token-\(UInt64(self.fraction() * 1e15))" }, hash: stableHash),
            planner: Planner.plan)
    }

    private func fraction() -> Double {
        state.withLock { Double($0.random.next() >> 11) / Double(1 << 53) }
    }

    /// Does not return when the process is killed here.
    private func moment(_ name: String) async {
        let number = state.withLock { state in
            state.moments.append(name)
            return state.moments.count
        }
        guard number == death else { return }
        executor.stop()
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }
}

// MARK: - Between it and the cloud

extension SimulatedProcess: HTTPTransport {
    func send(_ request: HTTPRequest) async throws -> WireResponse {
        let parts = request.target.split(separator: "?", maxSplits: 1).map(String.init)
        let wire = WireRequest(
            method: request.method, path: parts[0], query: parts.count > 1 ? parts[1] : nil,
            headers: WireHeaders(request.headers.map { (name: $0.name, value: $0.value) }), body: request.body)
        let operation = wire.operation
        state.withLock { $0.operations.append(operation) }
        let fault = trouble.fault(operation, chance: fraction)
        if fault != nil { state.withLock { _ = $0.befallen.insert(operation) } }
        guard !isRead(operation) else { return try await forward(wire, operation, fault) }
        await moment("before \(operation)")
        let answer: WireResponse
        do {
            answer = try await forward(wire, operation, fault)
        } catch {
            await moment("after \(operation)")
            throw error
        }
        await moment("after \(operation)")
        return answer
    }

    private func forward(_ request: WireRequest, _ operation: String, _ fault: Fault?) async throws -> WireResponse {
        switch fault {
        case .timesOut: throw TransportFailure(.timeout, "no answer within 30 s")
        case .isReset: throw TransportFailure(.interrupted, "connection reset by peer")
        case .isThrottled, .fails, .isStale: cloud.faults.add(fault.map { $0.rules(operation) } ?? [], seed: nil)
        case nil, .losesAnswer, .isTruncated, .isAPage: break
        }
        let answer = await cloud.frontDoor.answer(request, at: cloud.time)
        guard var answer else { throw TransportFailure(.interrupted, "the connection was closed") }
        switch fault {
        case .losesAnswer: throw TransportFailure(.interrupted, "the connection was closed before the answer")
        case .isTruncated: answer.body = Array(answer.body.prefix(answer.body.count / 2))
        case .isAPage:
            answer = WireResponse(
                status: 200, headers: ["Content-Type": "text/html"], body: Array("<html>Sign in</html>".utf8))
        case nil, .timesOut, .isReset, .isThrottled, .fails, .isStale: break
        }
        return answer
    }
}

private func isRead(_ operation: String) -> Bool {
    ["Describe", "List", "Get"].contains { operation.drop { $0 != ":" }.dropFirst().hasPrefix($0) }
}

extension WireRequest {
    /// `ecs:CreateService`
    fileprivate var operation: String {
        if let target = headers["X-Amz-Target"] { return "ecs:\(target.drop { $0 != "." }.dropFirst())" }
        let form = Dictionary(
            String(decoding: body, as: UTF8.self).split(separator: "&").compactMap { pair in
                let parts = pair.split(separator: "=")
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            }
        ) { first, _ in first }
        let service = form["Version"] == "2015-12-01" ? "elbv2" : "ec2"
        return "\(service):\(form["Action"] ?? "")"
    }
}

private struct SimulatedTime: TimeSource {
    let cloud: SimulatedCloud

    var wallClock: SigningTime { cloud.time }
    var uptime: Duration { cloud.clock.now.offset }
    func sleep(for duration: Duration) async throws { try await cloud.clock.sleep(for: duration) }
}

/// FNV-1a: the same in every run.
private let stableHash: TextHash = { text in
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
}

/// The store of a process that may be killed before and after each write.
private struct MortalStore: StateStore {
    let store: InMemoryStateStore
    let moment: @Sendable (String) async -> Void

    /// A store may be killed between events only before or after all of them, and that is among these moments.
    func record(_ events: [StateEvent]) async throws {
        for event in events {
            let name = event.name
            await moment("before recording \(name)")
            try await store.record(event)
            await moment("after recording \(name)")
        }
    }

    func load() async throws -> RecordedState { try await store.load() }
    // The lock of a process ends with it.
    func lock(_ holder: LockHolder) async throws {}
    func unlock() async throws {}
    func lockStatus() async throws -> LockStatus { .free }
    func create() async throws {}
    func keepLock() async -> StateStoreError? { nil }
    func breakLock(of holder: LockHolder, as breaker: LockHolder) async throws {}
    func begin(_ apply: ApplyRecord) async throws -> Int { try await store.begin(apply) }

    func finish(
        _ id: Int, outcome: ApplyRecord.Outcome, at time: Double, report: AttributeValue?
    ) async throws {
        try await store.finish(id, outcome: outcome, at: time, report: report)
    }

    func history(limit: Int) async throws -> [ApplyRecord] { try await store.history(limit: limit) }
    func apply(_ id: Int) async throws -> ApplyRecord? { try await store.apply(id) }
}

extension StateEvent {
    fileprivate var name: String {
        switch self {
        case .began(let intent): "the intent to \(intent.action.rawValue) \(intent.address)"
        case .recorded(let resource, _): "\(resource.address)"
        case .removed(let address, _): "the end of \(address)"
        case .abandoned: "that nothing was changed"
        }
    }
}
