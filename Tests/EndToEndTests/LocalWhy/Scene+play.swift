import AttributeTree
import Foundation
import TestBackends
import Testing

extension Scene {
    /// Plays scenes in one local cloud, a few of them at a time.
    static func play(_ scenes: [Scene], atOnce limit: Int = 6, engine: ContainerEngine? = nil) async throws {
        try await LocalEndpoint.run(clockRate: 30, engine: engine) { cloud in
            for fault in scenes.flatMap(\.faults) { try await cloud.control("POST", "faults", fault) }
            let subnets = try await cloud.aws(
                "ec2", "describe-subnets", "--filters", "Name=default-for-az,Values=true")["Subnets"]
                .strings("SubnetId")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, scene) in scenes.enumerated() {
                    if number >= limit { try await group.next() }
                    group.addTask { try await scene.play(on: cloud.access, subnets) }
                }
                try await group.waitForAll()
            }
        }
    }

    private func play(on access: AWSAccess, _ subnets: [String]) async throws {
        try await Workplace.with(on: access) { place in
            if isUpdate {
                try place.write(sound.manifest, to: "all.yaml")
                try await place.reconcile("apply", "--yes").expect(status: 0)
            }
            try await before?(place)
            let directory = place.directory.path
            try place.write(
                manifest.naming(subnets).replacingOccurrences(of: "#place", with: directory), to: "all.yaml")
            guard check(try await apply(in: place)) else { return }
            if let outcome {
                let history = try await place.reconcile("history", "-o", "json").expect(status: 0).json
                #expect(history["applies"]?[0]?["outcome"] == .string(outcome), "\(name)")
            }
            try await afterwards?(place)
            try await check(place.reconcile("why", "-o", "json").expect(status: 0).json)
        }
    }

    private func apply(in place: Workplace) async throws -> Program.Outcome {
        try await withThrowingTaskGroup(of: Program.Outcome?.self) { group in
            group.addTask { try await place.reconcile("apply", "--yes", "--timeout", "\(timeout)s") }
            group.addTask {
                try await meanwhile?(place)
                while isSlow, !Task.isCancelled {
                    let why = try await place.reconcile("why", "-o", "json")
                    guard !Task.isCancelled else { break }
                    #expect(try why.expect(status: 0).json["explanations"] == [], "\(name): \(why.output)")
                }
                return nil
            }
            var applied: Program.Outcome?
            while applied == nil, let ended = try await group.next() { applied = ended }
            if isSlow { group.cancelAll() }
            try await group.waitForAll()
            return try #require(applied)
        }
    }

    /// What the apply says, where it is the apply that fails.
    ///
    /// - Returns: whether it ended as it should.
    private func check(_ applied: Program.Outcome) -> Bool {
        #expect(applied.status == status, "\(name): \(applied.output)\(applied.errors)")
        #expect(
            closing.isEmpty || applied.output.contains("\(name), environment local: \(closing)"),
            "\(name): \(applied.output)")
        #expect(message.isEmpty || applied.errors.contains(message), "\(name): \(applied.errors)")
        guard applied.status == status, status != 0, cause != nil else {
            #expect(applied.status != status || !applied.errors.contains("why: "), "\(name): \(applied.errors)")
            return applied.status == status
        }
        let lines = applied.errors.split(separator: "\n").map(String.init)
        let why = lines.firstIndex { $0.hasPrefix("why: ") }
        let told = why.map { lines[$0...].prefix(2) } ?? []
        #expect(told.first?.hasPrefix("why: Service/\(name): \(says)") == true, "\(name): \(applied.errors)")
        #expect(told.last?.hasPrefix("help: ") == true, "\(name): \(applied.errors)")
        return true
    }

    private func check(_ why: AttributeValue) {
        let explanation = why["explanations"]?[0] ?? why["earlier"]?["explanations"]?[0]
        #expect(explanation?["cause"]?.stringValue == cause, "\(name): \(why.jsonText())")
        #expect(explanation?["sentence"]?.stringValue?.hasPrefix(says) ?? says.isEmpty, "\(name): \(why.jsonText())")
    }
}

extension String {
    /// `#1` becomes the first of the subnets.
    fileprivate func naming(_ subnets: [String]) -> String {
        subnets.enumerated().reduce(self) { $0.replacingOccurrences(of: "#\($1.offset + 1)", with: $1.element) }
    }
}

/// What others do in a scene's cloud.
extension Workplace {
    func loadBalancer(_ name: String) async throws -> String {
        let found = try await aws("elbv2", "describe-load-balancers", "--names", name)["LoadBalancers"]?[0]
        return try #require(found?["LoadBalancerArn"]?.stringValue)
    }

    func listener(_ name: String) async throws -> String {
        let found = try await aws(
            "elbv2", "describe-listeners", "--load-balancer-arn", try await loadBalancer(name))["Listeners"]?[0]
        return try #require(found?["ListenerArn"]?.stringValue)
    }

    func targetGroup(_ name: String) async throws -> String {
        let found = try await aws("elbv2", "describe-target-groups", "--names", name)["TargetGroups"]?[0]
        return try #require(found?["TargetGroupArn"]?.stringValue)
    }

    /// Waits until the service has begun to roll, from its first deployment to another where it is updated.
    func rolls(_ name: String, deployments: Int) async throws {
        try await eventually("a deployment") {
            let found = try? await aws("ecs", "describe-services", "--cluster", name, "--services", name)
            return found?["services"]?[0]?["deployments"]?.listValue?.count == deployments
        }
    }

    func update(_ name: String, _ changes: String...) async throws {
        try await aws.each([["ecs", "update-service", "--cluster", name, "--service", name] + changes])
    }

    /// A rule of the listener that answers the health check's path itself.
    func answer(with status: Int, for name: String) async throws {
        try await aws(
            "elbv2", "create-rule", "--listener-arn", try await listener(name), "--priority", "1", "--conditions",
            "Field=path-pattern,Values=/healthz", "--actions",
            "Type=fixed-response,FixedResponseConfig={StatusCode=\(status)}")
    }
}
