package import ResourceModel

/// What can be seen of a service and the deployment that is asked about, in AWS's words.
///
/// Only what belongs to that deployment is in it: tasks of an earlier one that stopped are no evidence against it.
package struct Evidence: Sendable, Equatable {
    package struct Deployment: Sendable, Equatable {
        /// `IN_PROGRESS`, `COMPLETED`, `FAILED`; `nil` where the controller tells none.
        package var rolloutState: String?
        package var reason: String?
        package var failedTasks = 0
        /// Of its own tasks; `nil` where that is not told.
        package var running: Int?
        /// Another one has taken its place.
        package var isSuperseded = false
        /// Somebody has stopped it, and nothing is in its place.
        package var isStopped = false
        /// Deployments before this one have tasks left.
        package var isRolling = false

        package init(
            rolloutState: String? = nil, reason: String? = nil, failedTasks: Int = 0, isSuperseded: Bool = false
        ) {
            self.rolloutState = rolloutState
            self.reason = reason
            self.failedTasks = failedTasks
            self.isSuperseded = isSuperseded
        }
    }

    /// A task that has stopped.
    package struct Task: Sendable, Equatable {
        package struct Container: Sendable, Equatable {
            package var name: String
            package var image: String?
            package var exitCode: Int?
            package var reason: String?
            /// The task ends when it does.
            package var isEssential = true

            package init(name: String, image: String? = nil, exitCode: Int? = nil, reason: String? = nil) {
                self.name = name
                self.image = image
                self.exitCode = exitCode
                self.reason = reason
            }
        }

        package var id: String
        package var stopCode: String?
        package var reason: String?
        package var containers: [Container]
        /// For how long it ran, in seconds; `nil` when it never did.
        package var lifetime: Double?

        package init(id: String, stopCode: String? = nil, reason: String? = nil, containers: [Container] = []) {
            self.id = id
            self.stopCode = stopCode
            self.reason = reason
            self.containers = containers
        }
    }

    /// A registered target that is not on its way out.
    package struct Target: Sendable, Equatable {
        package var id: String
        package var port: Int?
        package var state: String
        package var reason: String?
        package var description: String?
        /// The ARN of its target group.
        package var group: String?
        /// It is a task of a deployment that this one replaces: no evidence against this one.
        package var isOfBefore = false

        package init(
            id: String, port: Int? = nil, state: String, reason: String? = nil, description: String? = nil
        ) {
            self.id = id
            self.port = port
            self.state = state
            self.reason = reason
            self.description = description
        }
    }

    /// A target group that tasks are registered in: how it asks them, and at which port.
    package struct TargetGroup: Sendable, Equatable {
        package var arn: String
        package var path: String?
        package var matcher: String?
        /// In seconds.
        package var timeout: Int?
        package var containerPort: Int?
        /// For how long targets drain, in seconds; `nil` where it was not asked for.
        package var deregistrationDelay: Int?
        /// No listener sends requests to it.
        package var isUnreachable = false

        package init(
            arn: String, path: String? = nil, matcher: String? = nil, timeout: Int? = nil, containerPort: Int? = nil
        ) {
            self.arn = arn
            self.path = path
            self.matcher = matcher
            self.timeout = timeout
            self.containerPort = containerPort
        }
    }

    /// What requests come through; of several load balancers, the one that is worst off.
    package struct LoadBalancer: Sendable, Equatable {
        /// `provisioning`, `active`, `active_impaired`, `failed`.
        package var state: String
        package var reason: String?
        /// In seconds; `nil` where it is not told.
        package var age: Double?

        package init(state: String, reason: String? = nil, age: Double? = nil) {
            self.state = state
            self.reason = reason
            self.age = age
        }
    }

    package struct Log: Sendable, Equatable {
        package var container: String
        /// The last ones, oldest first.
        package var lines: [String]

        package init(container: String, lines: [String]) {
            self.container = container
            self.lines = lines
        }
    }

    package var address: ResourceAddress
    package var desired = 0
    /// How many tasks the manifest wants; `nil` where it says nothing.
    package var wanted: Int?
    package var running = 0
    package var pending = 0
    package var deployment: Deployment?
    package var minimumHealthyPercent = 100
    package var maximumPercent = 200
    /// In seconds; tasks that are younger are not judged by their targets.
    package var gracePeriod = 0
    /// Age in seconds of the youngest running task of the deployment; `nil` when none runs.
    package var youngestTask: Double?
    /// Messages since the deployment began, newest first.
    package var events: [String] = []
    /// Newest first.
    package var stopped: [Task] = []
    package var targets: [Target] = []
    package var targetGroups: [TargetGroup] = []
    package var loadBalancer: LoadBalancer?
    package var logs: [Log] = []
    /// What the load balancer answered last, where it was not what the target group's matcher wants.
    package var probeStatus: Int?
    /// Why the load balancer did not answer at all, when it was asked last.
    package var probeFailure: String?
    /// The calls that failed while this was gathered, with why.
    package var unread: [String] = []

    package init(address: ResourceAddress) {
        self.address = address
    }

    /// No listener sends requests to any of its target groups; `false` without one.
    package var isUnreachable: Bool { !targetGroups.isEmpty && targetGroups.allSatisfy(\.isUnreachable) }

    /// Somebody wants no tasks where the manifest wants some.
    var isScaledAway: Bool { desired == 0 && (wanted ?? 0) > 0 }

    /// Everything is as it should be.
    package var isHealthy: Bool {
        running == desired && !isScaledAway && pending == 0 && probeStatus == nil && probeFailure == nil
            && !isUnreachable
            && targets.allSatisfy { $0.state == "healthy" }
            && [nil, "COMPLETED"].contains(deployment?.rolloutState) && deployment?.isSuperseded != true
            && deployment?.isStopped != true
    }
}
