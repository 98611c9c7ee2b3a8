extension Cause {
    /// What the load balancer sees of the tasks.
    static let targets = healthChecks + ways

    private static let healthChecks = [
        Cause("health-path-not-found", .answered { $0 == 404 }) {
            "the health check asks for \($0.path), which the application answers with 404"
        } remedy: {
            "write a path that it has in `healthCheckPath` of the target group, or have the application answer \($0.path)"
        },
        Cause(
            "health-check-redirected", .answered { 300...399 ~= $0 }
        ) {
            "the health check asks for \($0.path), and is sent elsewhere with \($0.answered ?? 302)"
        } remedy: { _ in
            "write the path it is sent to in `healthCheckPath`, or let `matcher` take the status"
        },
        Cause(
            "health-check-unauthorized", .answered { [401, 403].contains($0) }
        ) {
            "the health check asks for \($0.path), and is not let in (\($0.answered ?? 401))"
        } remedy: { _ in
            "let that path be asked without credentials: load balancers have none"
        },
        Cause(
            "health-check-error", .answered { 500...599 ~= $0 }
        ) {
            "the application answers the health check at \($0.path) with \($0.answered ?? 500)"
        } remedy: { _ in
            "find the error in the application's log; what it needs, a database say, may not be reached"
        },
        Cause("matcher", .answered { _ in true }) { seen in
            "the application answers the health check with \(seen.answered.map(String.init) ?? "another status"), and "
                + "the target group wants \(seen.targetGroup?.matcher ?? "200")"
        } remedy: { _ in
            "let `matcher` of the target group take that status, or have the application answer another"
        },
        Cause("health-check-timeout", .any([.target(reason: "Target.Timeout"), .toldTimeout])) { seen in
            "no answer comes to the health check within \(seen.targetGroup?.timeout ?? 5) seconds"
        } remedy: { _ in
            "let the security group of the tasks take requests from the load balancer's on the container port; if it "
                + "does, the application is too slow: raise `healthCheckTimeoutSeconds`"
        },
        Cause(
            "grace-too-short",
            .situation { evidence in
                let ended = evidence.stopped.filter(\.failedTargetHealth)
                guard !ended.isEmpty, evidence.announcedPort == nil else { return [] }
                // Where others answer at the same port, it is the right one; and what ends within a minute has hardly
                // had the time to open it.
                let othersAnswer = evidence.targets.contains { $0.state == "healthy" }
                guard othersAnswer || ended.allSatisfy({ $0.lifetime.map { $0 < 60 } ?? true }) else { return [] }
                return ended.prefix(2).map(\.line)
            }
        ) { seen in
            "tasks are stopped for failed health checks before they have started: their grace is "
                + "\(seen.evidence.gracePeriod) seconds"
        } remedy: { _ in
            "raise `healthCheckGracePeriodSeconds` of the service above the time the application takes to start"
        },
        Cause("port-refused", .any([.target(reason: "Target.FailedHealthChecks"), .toldRefusal])) { seen in
            "nothing takes connections at port \(seen.port) of the tasks"
                + (seen.evidence.announcedPort.map { "; their log speaks of port \($0)" } ?? "")
        } remedy: { seen in
            "have the application listen on 0.0.0.0:\(seen.port), or write the port it listens on in `containerPort`; if it "
                + "takes longer to start, raise `healthCheckGracePeriodSeconds`"
        },
    ]

    private static let ways = [
        Cause("load-balancer-failed", .loadBalancer { $0.state == "failed" }) { _ in
            "the load balancer could not be set up"
        } remedy: { _ in
            "its reason says why; delete it, and apply again"
        },
        Cause("load-balancer-stuck", .loadBalancer { $0.state == "provisioning" && $0.isSettled }) { seen in
            "the load balancer is still being set up, after \(Int((seen.evidence.loadBalancer?.age ?? 0) / 60)) minutes"
        } remedy: { _ in
            "see that each of its subnets has eight free addresses; else delete it, and apply again"
        },
        Cause(
            "zone-not-enabled",
            .situation { evidence in
                // AWS gives the same reason for a target group that nobody uses.
                evidence.targets.filter {
                    $0.reason == "Target.NotInUse" && $0.description?.contains("Availability Zone") == true
                }.prefix(1).map(\.line)
            }
        ) { _ in
            "targets are in a zone that the load balancer is not in"
        } remedy: { _ in
            "give the load balancer a subnet in every zone that the service has one in"
        },
        Cause("target-address-unusable", .target(reason: "Target.IpUnusable")) { _ in
            "the address of a target cannot be used: it is a load balancer's own"
        } remedy: { _ in
            "register tasks, not load balancers; `targetType: ip` takes addresses of the VPC"
        },
        Cause(
            "forwards-nowhere",
            .situation { $0.isUnreachable ? ["no listener sends requests to the target group"] : [] }
        ) { _ in
            "no listener sends requests to the tasks"
        } remedy: { _ in
            "give a listener an action that forwards to the target group, with a weight above 0"
        },
        Cause(
            "load-balancer-impaired",
            .only(
                { $0.probeFailure != nil || $0.probeStatus.map { $0 >= 500 } ?? false },
                .loadBalancer { $0.state == "active_impaired" })
        ) { _ in
            "the load balancer lacks the resources that it needs"
        } remedy: { _ in
            "see that each of its subnets has eight free addresses"
        },
        Cause(
            "load-balancer-not-reached",
            .situation { evidence in
                // The name of a load balancer is known everywhere only some minutes after it is made.
                guard let failure = evidence.probeFailure, evidence.loadBalancer?.isSettled == true else { return [] }
                return ["a request through the load balancer is not answered: \(failure)"]
            }
        ) { _ in
            "the tasks are there, and a request through the load balancer is not answered"
        } remedy: { _ in
            "let the security group of the load balancer take requests from here at the listener's port; an "
                + "internet-facing one needs subnets with a route to an internet gateway"
        },
        Cause(
            "other-answer",
            .situation { evidence in
                evidence.probeStatus.map { ["a request through the load balancer is answered with \($0)"] } ?? []
            }
        ) { seen in
            "the tasks are there, and a request through the load balancer is answered with "
                + "\(seen.evidence.probeStatus ?? 0)"
        } remedy: { _ in
            "look for a rule of the listener that answers in their place, and at what the application says to that path"
        },
    ]
}

extension Sign {
    /// The health check was answered with such a status, by a target or by one that is gone.
    fileprivate static func answered(_ isMeant: @escaping @Sendable (Int) -> Bool) -> Sign {
        .any([.target(reason: "Target.ResponseCodeMismatch", answered: isMeant), .told(isMeant)])
    }

    fileprivate static func loadBalancer(_ isMeant: @escaping @Sendable (Evidence.LoadBalancer) -> Bool) -> Sign {
        .situation { evidence in
            evidence.loadBalancer.flatMap { isMeant($0) ? ["the load balancer is \($0.words)"] : nil } ?? []
        }
    }

    fileprivate static let toldRefusal = Sign.event([["is unhealthy in", "(reason Health checks failed)"]])
    fileprivate static let toldTimeout = Sign.event([["is unhealthy in", "Request timed out"]])
}

extension Seen {
    fileprivate var port: String {
        (target?.port ?? targetGroup?.containerPort).map(String.init) ?? "the container port"
    }
}

extension Evidence {
    /// The port that the log says the application listens on, where it is another than its targets' and that one is not
    /// spoken of.
    fileprivate var announcedPort: Int? {
        let ports = logs.flatMap(\.lines).filter { $0.contains(oneOf: [["listen"], ["port"], ["serving"], ["bound"]]) }
            .flatMap(\.ports)
        let wanted = targetGroups.compactMap(\.containerPort)
        guard !wanted.isEmpty, !ports.contains(where: wanted.contains) else { return nil }
        return ports.last
    }
}

extension Evidence.LoadBalancer {
    /// Whatever a new one still lacks is no longer to be expected: AWS takes two or three minutes as a rule.
    fileprivate var isSettled: Bool { age.map { $0 > 600 } ?? false }

    fileprivate var words: String { state + (reason.map { ": \($0)" } ?? "") }
}

extension String {
    /// The numbers of three to five digits after a space or a colon.
    fileprivate var ports: [Int] {
        split { $0 == " " || $0 == ":" }.dropFirst().compactMap { word in
            let digits = word.prefix { $0.isNumber }
            let ends = word.dropFirst(digits.count).allSatisfy { $0.isPunctuation }
            return 3...5 ~= digits.count && ends ? Int(digits) : nil
        }
    }
}

extension Evidence.Task {
    fileprivate var failedTargetHealth: Bool { reason?.contains(oneOf: [["failed ELB health checks"]]) ?? false }
}
