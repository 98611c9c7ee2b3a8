import AWSModel
import AttributeTree
import Diagnosis

// The targets of a service, and the way to them.
extension EvidenceGatherer {
    mutating func gatherTargets(of service: AttributeValue) async throws {
        for entry in service["loadBalancers"]?.listValue ?? [] {
            guard let arn = entry["targetGroupArn"] else { continue }
            let health = try await answer("DescribeTargetHealth", of: .elbv2, ["TargetGroupArn": arn])
            evidence.targets += (health["TargetHealthDescriptions"]?.listValue ?? []).compactMap {
                Evidence.Target($0, in: arn.stringValue)
            }
            let described = try await answer("DescribeTargetGroups", of: .elbv2, ["TargetGroupArns": [arn]])
            guard let found = described["TargetGroups"]?[0], var group = Evidence.TargetGroup(found) else { continue }
            group.containerPort = entry["containerPort"]?.intValue
            if evidence.deployment?.isRolling == true { group.deregistrationDelay = try await delay(of: arn) }
            let balancers = found["LoadBalancerArns"]?.listValue ?? []
            try await gatherState(of: balancers)
            group.isUnreachable = try await !forward(balancers, to: arn)
            evidence.targetGroups.append(group)
        }
    }

    private mutating func delay(of group: AttributeValue) async throws -> Int? {
        let answer = try await answer("DescribeTargetGroupAttributes", of: .elbv2, ["TargetGroupArn": group])
        let attribute = answer["Attributes"]?.listValue?.first { $0["Key"] == "deregistration_delay.timeout_seconds" }
        return attribute?["Value"]?.stringValue.flatMap { Int($0) }
    }

    /// The worst there is of the load balancers.
    private mutating func gatherState(of balancers: [AttributeValue]) async throws {
        guard !balancers.isEmpty else { return }
        let described = try await answer("DescribeLoadBalancers", of: .elbv2, ["LoadBalancerArns": .list(balancers)])
        let found = (described["LoadBalancers"]?.listValue ?? []).compactMap { Evidence.LoadBalancer($0, at: time) }
        evidence.loadBalancer = (found + [evidence.loadBalancer].compactMap(\.self)).max { $0.badness < $1.badness }
    }

    /// Whether a listener or a rule sends requests to a target group; what cannot be asked counts as one that does.
    private mutating func forward(_ balancers: [AttributeValue], to group: AttributeValue) async throws -> Bool {
        for balancer in balancers {
            let answer = try await answer("DescribeListeners", of: .elbv2, ["LoadBalancerArn": balancer], pages: true)
            guard let listeners = answer["Listeners"]?.listValue else { return true }
            if listeners.contains(where: { $0["DefaultActions"].forward(to: group) }) { return true }
            for listener in listeners.compactMap({ $0["ListenerArn"] }) {
                let answer = try await self.answer("DescribeRules", of: .elbv2, ["ListenerArn": listener], pages: true)
                guard let rules = answer["Rules"]?.listValue else { return true }
                if rules.contains(where: { $0["Actions"].forward(to: group) }) { return true }
            }
        }
        return false
    }
}

extension AttributeValue? {
    /// Of actions: whether one of them sends requests to a target group, with a weight above 0.
    fileprivate func forward(to group: AttributeValue) -> Bool {
        (self?.listValue ?? []).contains { action in
            let weighted = action["ForwardConfig"]?["TargetGroups"]?.listValue ?? []
            guard !weighted.isEmpty else { return action["TargetGroupArn"] == group }
            return weighted.contains { $0["TargetGroupArn"] == group && $0["Weight"] != 0 }
        }
    }
}

extension Evidence.Target {
    /// `nil` for one that is on its way out.
    fileprivate init?(_ target: AttributeValue, in group: String?) {
        let health = target["TargetHealth"]
        guard let state = health?["State"]?.stringValue, !state.hasSuffix("draining") else { return nil }
        self.init(
            id: target["Target"]?["Id"]?.stringValue ?? "", port: target["Target"]?["Port"]?.intValue, state: state,
            reason: health?["Reason"]?.stringValue, description: health?["Description"]?.stringValue)
        self.group = group
    }
}

extension Evidence.LoadBalancer {
    fileprivate init?(_ balancer: AttributeValue, at time: Double) {
        guard let state = balancer["State"]?["Code"]?.stringValue else { return nil }
        self.init(
            state: state, reason: balancer["State"]?["Reason"]?.stringValue,
            age: balancer["CreatedTime"]?.doubleValue.map { time - $0 })
    }

    fileprivate var badness: Int { ["active", "active_impaired", "provisioning", "failed"].firstIndex(of: state) ?? 0 }
}

extension Evidence.TargetGroup {
    fileprivate init?(_ group: AttributeValue) {
        guard let arn = group["TargetGroupArn"]?.stringValue else { return nil }
        self.init(
            arn: arn, path: group["HealthCheckPath"]?.stringValue,
            matcher: (group["Matcher"]?["HttpCode"] ?? group["Matcher"]?["GrpcCode"])?.stringValue,
            timeout: group["HealthCheckTimeoutSeconds"]?.intValue)
    }
}
