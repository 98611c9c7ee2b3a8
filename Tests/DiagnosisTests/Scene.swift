import ResourceModel
import Testing

@testable import Diagnosis

/// What is seen of a service that wants two tasks, in short: one thing a line.
///
/// - `stopped CODE: reason | app:1: container's reason` is a task that stopped, with containers by name and exit code (`-`
///   for none); `ran 90` says for how many seconds the one above did.
/// - `running 2`, `pending 1`, `desired 0`, `wanted 2` by the manifest, and `own 0` of the deployment itself are tasks.
/// - `FAILED: reason`, `COMPLETED` and `IN_PROGRESS` are the deployment's rollout state; it may be `superseded`, `halted` by
///   somebody, and `rolling` when tasks of others are left. `percent 100-100` bounds it.
/// - `grace 60` and `age 5`, of the youngest task, are seconds; `delay 300` is the deregistration delay.
/// - `target STATE REASON: description`, and `earlier …` of a deployment before; `balancer STATE AGE: reason`; `unreachable`, when no listener sends anything.
/// - `answered 500` and `unanswered: reason` are what became of a request through the load balancer.
/// - `event: message`; `log: line`.
struct Scene: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var seen: String
    /// The code of the cause; `nil` where there is none.
    var cause: String?

    init(_ testDescription: String, _ seen: String, _ cause: String?) {
        (self.testDescription, self.seen, self.cause) = (testDescription, seen, cause)
    }

    var evidence: Evidence {
        var evidence = Evidence(address: ResourceAddress(kind: "Service", name: "web"))
        evidence.desired = 2
        evidence.deployment = Evidence.Deployment(rolloutState: "IN_PROGRESS")
        evidence.targetGroups = [
            Evidence.TargetGroup(arn: "arn", path: "/healthz", matcher: "200", timeout: 5, containerPort: 8080)
        ]
        for line in seen.split(separator: "\n") { evidence.see(line.trimmingPrefix { $0 == " " }) }
        return evidence
    }
}

extension Evidence {
    fileprivate mutating func see(_ line: Substring) {
        let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
        let words = parts[0].split(separator: " ").map(String.init)
        let rest = parts.count > 1 ? parts[1] : nil
        switch words[0] {
        case "stopped": stopped.append(Self.task(words.count > 1 ? words[1] : nil, rest ?? ""))
        case "target", "earlier":
            var target = Target(
                id: "10.0.0.7", port: 8080, state: words[1], reason: words.count > 2 ? words[2] : nil, description: rest
            )
            target.isOfBefore = words[0] == "earlier"
            targets.append(target)
        case "event": events.append(rest ?? "")
        case "log": logs.append(Log(container: "app", lines: [rest ?? ""]))
        case "FAILED", "COMPLETED", "IN_PROGRESS":
            deployment?.rolloutState = words[0]
            deployment?.reason = rest
        case "superseded": deployment?.isSuperseded = true
        case "halted": deployment?.isStopped = true
        case "delay": targetGroups[0].deregistrationDelay = Int(words[1])
        case "own": deployment?.running = Int(words[1])
        case "rolling": deployment?.isRolling = true
        case "wanted": wanted = Int(words[1])
        case "running": running = Int(words[1]) ?? 0
        case "pending": pending = Int(words[1]) ?? 0
        case "desired": desired = Int(words[1]) ?? 0
        case "grace": gracePeriod = Int(words[1]) ?? 0
        case "age": youngestTask = Double(words[1])
        case "percent":
            let bounds = words[1].split(separator: "-").compactMap { Int($0) }
            (minimumHealthyPercent, maximumPercent) = (bounds[0], bounds[1])
        case "balancer":
            loadBalancer = LoadBalancer(
                state: words[1], reason: rest, age: words.count > 2 ? Double(words[2]) : nil)
        case "unreachable": targetGroups[0].isUnreachable = true
        case "ran": stopped[stopped.count - 1].lifetime = Double(words[1])
        case "answered": probeStatus = Int(words[1])
        case "unanswered": probeFailure = rest
        case let word: Issue.record("\(word) is not of the notation")
        }
    }

    private static func task(_ code: String?, _ text: String) -> Task {
        let parts = text.split(separator: " | ").map(String.init)
        let containers = parts.dropFirst().map { part in
            let fields = part.split(separator: ":", maxSplits: 2).map { $0.trimmingPrefix { $0 == " " } }
            return Task.Container(
                name: String(fields[0]), image: "registry.example/\(fields[0]):1", exitCode: Int(fields[1]),
                reason: fields.count > 2 ? String(fields[2]) : nil)
        }
        return Task(id: "1234", stopCode: code, reason: parts.first, containers: containers)
    }
}
