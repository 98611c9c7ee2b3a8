import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct BalancingLimitTests {
    @Test("quotas and policies can be looked up")
    func lookup() throws {
        var stage = BalancingStage()
        let limits = try stage.call("DescribeAccountLimits")["Limits"]?.listValue ?? []
        #expect(limits.contains(["Name": "condition-values-per-alb-rule", "Max": "5"]))
        let name = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
        let policy = try stage.call("DescribeSSLPolicies", ["Names": [.string(name)]])["SslPolicies"]?[0]
        #expect(policy?["SslProtocols"] == ["TLSv1.2", "TLSv1.3"])
        #expect(policy?["Ciphers"]?[0] == ["Name": "TLS_AES_128_GCM_SHA256", "Priority": 1])
        #expect(
            stage.refusal("DescribeSSLPolicies", ["Names": ["best"]])
                == "SSLPolicyNotFound: SSL policy 'best' not found")
    }

    @Test("an account has fifty load balancers, and a load balancer fifty listeners")
    func quotas() throws {
        var stage = try BalancingStage.web()
        for number in 2...50 {
            try stage.call("CreateLoadBalancer", ["Name": .string("lb\(number)"), "Subnets": ["$a", "$b"]])
            try stage.call("CreateListener", BalancingStage.listener(port: 1000 + number))
        }
        #expect(
            stage.refusal("CreateLoadBalancer", ["Name": "lb51", "Subnets": ["$a", "$b"]])
                == "TooManyLoadBalancers: The limit of '50' load balancers has been reached")
        #expect(
            stage.refusal("CreateListener", BalancingStage.listener(port: 2000))
                == "TooManyListeners: The limit of '50' listeners per load balancer has been reached")
    }

    @Test("every code of a refusal is one that AWS's model has for the operation, or for all of them")
    func codes() throws {
        let model = ImitatedService.elbv2.model
        let all =
            LoadBalancerTests.refusals + TargetGroupTests.refusals + TargetHealthTests.refusals + ListenerTests.refusals
            + RuleTests.refusals + BalancingTagTests.refusals
        for refusal in all {
            let code = refusal.expected.prefix { $0 != ":" }
            let known = try #require(model.operation(refusal.operation)).errors.map(\.code)
            #expect(code == "ValidationError" || known.contains(String(code)), "\(refusal.operation) \(code)")
        }
    }
}
