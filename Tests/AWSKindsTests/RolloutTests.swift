import AttributeTree
import Reconciliation
import TestSupport
import Testing

@testable import AWSKinds

/// A service as `DescribeServices` shows it, in short: its deployments, the primary first.
///
/// `a COMPLETED web:2` is a deployment by its id, its rollout state (`-` for none) and its revision; `2/2` are the
/// tasks that run and that should.
struct Look: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var deployments: String
    var tasks: String
    /// The deployment that this apply has started; empty for a look at what is there.
    var following: String
    /// The status of the deployment's service deployment; empty where AWS tells none.
    var told = ""
    var verdict: Rollout.Verdict

    var service: AttributeValue {
        let all = deployments.split(separator: ",").enumerated().map { index, text in
            let words = text.split(separator: " ").map(String.init)
            var deployment: AttributeValue = [
                "id": .string(words[0]), "status": index == 0 ? "PRIMARY" : "ACTIVE",
                "taskDefinition": .string("arn:task-definition/\(words[2])"),
            ]
            deployment["createdAt"] = Self.times[words[0]].map { .number($0) }
            if words[1] != "-" { deployment["rolloutState"] = .string(words[1]) }
            if words[1] == "FAILED" { deployment["rolloutStateReason"] = "circuit breaker: tasks failed to start." }
            return deployment
        }
        let counts = tasks.split(separator: "/").compactMap { Int($0) }
        return [
            "deployments": .list(all), "runningCount": .int(counts[0]), "desiredCount": .int(counts[1]),
            "pendingCount": 0, "taskDefinition": all.first?["taskDefinition"] ?? "",
            "deploymentConfiguration": ["deploymentCircuitBreaker": ["rollback": true]],
            "events": [["message": "(service web) has started 1 tasks."]],
        ]
    }

    /// When the deployments were made.
    static let times = ["before": 90.0, "a": 100, "b": 110, "c": 120]

    var serviceDeployment: ServiceDeployment? {
        guard !told.isEmpty else { return nil }
        var description: AttributeValue = [
            "serviceDeploymentArn": "arn:service-deployment", "status": .string(told), "statusReason": "told by AWS",
        ]
        if told.hasPrefix("ROLLBACK") {
            description["deploymentCircuitBreaker"] = ["status": "TRIGGERED", "failureCount": 3, "threshold": 3]
        }
        if told == "IN_PROGRESS" { description["lifecycleStage"] = "BAKE_TIME" }
        return ServiceDeployment(description)
    }
}

@Suite("How far a deployment is", .tags(.small))
struct RolloutTests {
    static let event = ": (service web) has started 1 tasks."
    static let reason = "circuit breaker: tasks failed to start.\n(service web) has started 1 tasks."
    static let told = "told by AWS\n(service web) has started 1 tasks."
    static let toldOfBreaker = """
        told by AWS
        the circuit breaker counted 3 failed tasks, 3 at most
        (service web) has started 1 tasks.
        """

    @Test(arguments: [
        // Followed by its id.
        Look(
            testDescription: "a deployment that is completed, with its tasks, is done",
            deployments: "a COMPLETED web:2", tasks: "2/2", following: "a", verdict: .completed),
        Look(
            testDescription: "one that goes on is waited for, though as many tasks run as there should",
            deployments: "a IN_PROGRESS web:2,b COMPLETED web:1", tasks: "2/2", following: "a",
            verdict: .waiting("the deployment to complete" + event, tasksRun: true)),
        Look(
            testDescription: "one that is completed and has no tasks yet is waited for",
            deployments: "a COMPLETED web:2", tasks: "0/2", following: "a",
            verdict: .waiting("0 of 2 tasks running" + event, tasksRun: false)),
        Look(
            testDescription: "one that failed and gave its place back was rolled back, though all tasks run",
            deployments: "b IN_PROGRESS web:1,a FAILED web:2", tasks: "2/2", following: "a",
            verdict: .failed(SettleFailure(.rolledBack, reason))),
        Look(
            testDescription: "one that failed and is about to be rolled back was rolled back",
            deployments: "a FAILED web:2,b COMPLETED web:1", tasks: "2/2", following: "a",
            verdict: .failed(SettleFailure(.rolledBack, reason))),
        Look(
            testDescription: "one that failed with nothing to go back to has failed",
            deployments: "a FAILED web:2", tasks: "0/2", following: "a",
            verdict: .failed(SettleFailure(.failed, reason))),
        Look(
            testDescription: "one that lost its place without failing was superseded",
            deployments: "c IN_PROGRESS web:3,a IN_PROGRESS web:2", tasks: "1/2", following: "a",
            verdict: .failed(SettleFailure(.superseded, "another deployment has taken its place"))),
        Look(
            testDescription: "one that is no longer listed is asked about",
            deployments: "c COMPLETED web:1", tasks: "2/2", following: "a", verdict: .lost(id: "a")),
        // Followed by the ARN of its service deployment.
        Look(
            testDescription: "a service deployment that is successful is done",
            deployments: "a COMPLETED web:2", tasks: "2/2", following: "a", told: "SUCCESSFUL", verdict: .completed),
        Look(
            testDescription: "one that goes on is waited for, though the deployment reads completed and all tasks run",
            deployments: "a COMPLETED web:2", tasks: "2/2", following: "a", told: "IN_PROGRESS",
            verdict: .waiting("the deployment to complete, which is at BAKE_TIME" + event, tasksRun: true)),
        Look(
            testDescription: "one that is successful and whose tasks have gone since is waited for",
            deployments: "a COMPLETED web:2", tasks: "1/2", following: "a", told: "SUCCESSFUL",
            verdict: .waiting("1 of 2 tasks running" + event, tasksRun: false)),
        Look(
            testDescription: "one that is being rolled back was rolled back, whatever runs meanwhile",
            deployments: "b IN_PROGRESS web:1,a IN_PROGRESS web:2", tasks: "2/2", following: "a",
            told: "ROLLBACK_IN_PROGRESS", verdict: .failed(SettleFailure(.rolledBack, toldOfBreaker))),
        Look(
            testDescription: "one that was rolled back long ago was rolled back, though it is no longer listed",
            deployments: "b COMPLETED web:1", tasks: "2/2", following: "a", told: "ROLLBACK_SUCCESSFUL",
            verdict: .failed(SettleFailure(.rolledBack, toldOfBreaker))),
        Look(
            testDescription: "one whose rollback failed was not rolled back: it has failed",
            deployments: "a FAILED web:2", tasks: "0/2", following: "a", told: "ROLLBACK_FAILED",
            verdict: .failed(SettleFailure(.failed, toldOfBreaker))),
        Look(
            testDescription: "one that was stopped with nothing in its place has failed",
            deployments: "a IN_PROGRESS web:2", tasks: "1/2", following: "a", told: "STOPPED",
            verdict: .failed(SettleFailure(.failed, told))),
        Look(
            testDescription: "one that was stopped for another one was superseded",
            deployments: "c IN_PROGRESS web:3,a IN_PROGRESS web:2", tasks: "1/2", following: "a", told: "STOPPED",
            verdict: .failed(.superseded)),
        Look(
            testDescription: "one that was successful before another one took its place was superseded",
            deployments: "c COMPLETED web:3", tasks: "2/2", following: "a", told: "SUCCESSFUL",
            verdict: .failed(.superseded)),
        Look(
            testDescription: "one that a service does not list yet is waited for",
            deployments: "before COMPLETED web:1", tasks: "2/2", following: "a", told: "IN_PROGRESS",
            verdict: .waiting("the deployment to be listed", tasksRun: false)),
        Look(
            testDescription: "one that is done before the service lists it is waited for",
            deployments: "before COMPLETED web:1", tasks: "2/2", following: "a", told: "SUCCESSFUL",
            verdict: .waiting("the deployment to be listed", tasksRun: false)),
        Look(
            testDescription: "one that AWS tells nothing of, and a service does not list yet, is waited for",
            deployments: "before COMPLETED web:1", tasks: "2/2", following: "a",
            verdict: .waiting("the deployment to be listed", tasksRun: false)),
        Look(
            testDescription: "one that was rolled back to one from before has failed",
            deployments: "before COMPLETED web:1", tasks: "2/2", following: "a", told: "ROLLBACK_SUCCESSFUL",
            verdict: .failed(SettleFailure(.rolledBack, toldOfBreaker))),
        Look(
            testDescription: "another one of the same revision supersedes it too",
            deployments: "c IN_PROGRESS web:2", tasks: "2/2", following: "a", told: "STOPPED",
            verdict: .failed(.superseded)),
        Look(
            testDescription: "one that fails with nothing to go back to has failed",
            deployments: "a FAILED web:2", tasks: "0/2", following: "a", told: "STOPPED",
            verdict: .failed(SettleFailure(.failed, told))),
        // A look at what is there.
        Look(
            testDescription: "a service whose deployment is completed is final",
            deployments: "a COMPLETED web:2", tasks: "2/2", following: "", verdict: .completed),
        Look(
            testDescription: "a service of a controller that reports no rollout is judged by its tasks",
            deployments: "a - web:2", tasks: "2/2", following: "", verdict: .completed),
        Look(
            testDescription: "a service that was rolled back is not final, though all its tasks run",
            deployments: "b COMPLETED web:1", tasks: "2/2", following: "",
            verdict: .waiting("web:2 to run in place of web:1", tasksRun: false)),
    ])
    func `the deployment is judged, not the number of tasks`(_ look: Look) {
        let rollout = Rollout(
            look.service, following: look.following.isEmpty ? nil : look.following, since: Look.times[look.following],
            told: look.serviceDeployment,
            wanted: "arn:task-definition/web:2")
        #expect(rollout.verdict == look.verdict)
    }
}
