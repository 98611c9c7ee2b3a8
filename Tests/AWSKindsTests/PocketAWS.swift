import AWSClient
import AWSKinds
import AWSModel
import AttributeTree
import Synchronization
import TestSupport
import Testing

/// A small AWS in memory, for the order and form of calls: it takes only what AWS's own models allow, refuses orders
/// and batches that AWS refuses, and fills in defaults as AWS does. How AWS really behaves is tested elsewhere.
final class PocketAWS: AWSCalling {
    struct World: Sendable {
        /// By ARN, as AWS describes them.
        var clusters: [String: AttributeValue] = [:]
        var taskDefinitions: [String: AttributeValue] = [:]
        var services: [String: AttributeValue] = [:]
        var balancers: [String: AttributeValue] = [:]
        var targetGroups: [String: AttributeValue] = [:]
        var listeners: [String: AttributeValue] = [:]
        var attributes: [String: [String: String]] = [:]
        var tags: [String: [String: String]] = [:]
        /// Of listeners, beside the default.
        var certificates: [String: [String]] = [:]
        /// Reserved for load balancers.
        var capacities: [String: AttributeValue] = [:]
        var serviceDeployments: [AttributeValue] = []
        /// How often each family was registered.
        var revisions: [String: Int] = [:]
        var count = 0
        var hasDefaultVPC = true
        /// How many load balancers and target groups are listed for whoever names none.
        var pageSize = 400

        var isEmpty: Bool {
            clusters.isEmpty && services.isEmpty && balancers.isEmpty && targetGroups.isEmpty && listeners.isEmpty
                && taskDefinitions.isEmpty
        }

        mutating func nextID() -> String {
            count += 1
            return "\(count)"
        }
    }

    private struct State: Sendable {
        var world = World()
        var log: [String] = []
        var counts: [String: Int] = [:]
        /// What the next call of an operation is refused with.
        var refusals: [String: [AWSError]] = [:]
    }

    private let state = Mutex(State())

    var callCounts: [String: Int] { state.withLock { $0.counts } }
    var world: World { state.withLock { $0.world } }
    /// `ecs:CreateCluster {"clusterName":"hello"}`, one a call.
    var log: [String] { state.withLock { $0.log } }

    func forgetCalls() {
        state.withLock { ($0.log, $0.counts) = ([], [:]) }
    }

    func change(_ body: @Sendable (inout World) -> Void) {
        state.withLock { body(&$0.world) }
    }

    /// The next calls of an operation, `ecs:DeleteCluster`, are refused one after the other.
    func refuse(_ operation: String, _ codes: (code: String, message: String)...) {
        let errors = codes.map {
            AWSError(operation: operation, kind: .fault, code: $0.code, message: $0.message, status: 400)
        }
        state.withLock { $0.refusals[operation, default: []] += errors }
    }

    func pages(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue
    ) async throws -> AttributeValue {
        try await call(operation, of: service, input, repeatable: true)
    }

    func call(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue, repeatable: Bool
    ) async throws -> AttributeValue {
        let model = try #require(service.operation(operation))
        let (_, decoded) = try service.decodeRequest(try model.encode(input))
        let name = "\(service.id):\(operation)"
        return try state.withLock { state in
            state.log.append("\(name) \(input.jsonText())")
            state.counts[name, default: 0] += 1
            if var refusals = state.refusals[name], !refusals.isEmpty {
                let refusal = refusals.removeFirst()
                state.refusals[name] = refusals
                throw refusal
            }
            var answer: AttributeValue
            do {
                switch service.id {
                case "ecs": answer = try state.world.ecs(operation, decoded)
                case "elbv2": answer = try state.world.elb(operation, decoded)
                default: answer = try state.world.ec2(operation, decoded)
                }
            } catch var error as AWSError {
                error.operation = name
                throw error
            }
            if answer.mapValue == nil { answer = [:] }
            _ = try model.encodeResponse(answer, requestID: "r")
            return answer
        }
    }
}

extension AWSError {
    /// A fault of an operation that is filled in later.
    static func fault(_ code: String, _ message: String = "") -> AWSError {
        AWSError(operation: "", kind: .fault, code: code, message: message, status: 400)
    }
}

extension PocketAWS.World {
    mutating func ec2(_ operation: String, _ input: AttributeValue) throws -> AttributeValue {
        switch operation {
        case "DescribeVpcs": ["Vpcs": hasDefaultVPC ? [["VpcId": "vpc-1"]] : []]
        case "DescribeSubnets": ["Subnets": [["SubnetId": "subnet-b"], ["SubnetId": "subnet-a"]]]
        case "DescribeSecurityGroups": ["SecurityGroups": [["GroupId": "sg-1"]]]
        default: throw AWSError.fault("InvalidAction", operation)
        }
    }
}

/// Answers with what it is given.
struct ScriptedProber: Prober {
    var outcome: ProbeOutcome = .answered(status: 200, body: "hello", via: "http://127.0.0.1/")

    func probe(_ request: ProbeRequest) async throws -> ProbeOutcome { outcome }
}

/// A clock that jumps to the deadline of whoever sleeps.
final class ImpatientClock: Clock {
    typealias Instant = ManualClock.Instant

    private let latest = Mutex(Instant())

    var now: Instant { latest.withLock(\.self) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        latest.withLock { $0 = max($0, deadline) }
        await Task.yield()
    }
}
