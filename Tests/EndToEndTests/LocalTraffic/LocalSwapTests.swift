import AttributeTree
import Foundation
import Synchronization
import TestBackends
import Testing

extension EndToEndTests {
    /// What has the traffic is replaced, while 200 requests come a second.
    @Suite struct LocalSwapTests {
        @Test(
            "A target group whose port or protocol version changes is replaced without a failed request",
            PythonPrograms.areInstalled())
        func targetGroup() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                try place.drainQuickly()
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let name = try await place.dnsName
                for (setting, changed) in [("port: 8080", "port: 8081"), ("port: ", "protocolVersion: HTTP2, port: ")] {
                    try place.edit("target-group.yaml", setting, changed)
                    let (applied, traffic) = try await Traffic.run(perSecond: 200) {
                        try await cloud.get(from: name)
                    } during: {
                        try await place.reconcile("apply", "--yes")
                    }
                    applied.expect(status: 0)
                    #expect(traffic.failures == [], "\(changed)")
                    #expect(traffic.answers > 200)
                    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                }
                let groups = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]?.listValue
                #expect(groups?.map { $0["Port"] } == [8081])
                #expect(groups?.map { $0["ProtocolVersion"] } == ["HTTP2"])
            }
        }

        @Test(
            "A target group that its load balancer cannot reach in another VPC takes no traffic, and can be taken back",
            PythonPrograms.areInstalled())
        func vpc() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                try place.drainQuickly()
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let name = try await place.dnsName
                let other = try await place.otherVPC
                try place.edit("target-group.yaml", "vpc: default", "vpc: \(other)")
                let (applied, traffic) = try await Traffic.run(perSecond: 200) {
                    try await cloud.get(from: name)
                } during: {
                    let applied = try await place.reconcile("apply", "--yes")
                    try place.edit("target-group.yaml", "vpc: \(other)", "vpc: default")
                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    return applied
                }
                applied.expect(status: 1)
                #expect(applied.errors.contains("in a different VPC"), "\(applied.output)\(applied.errors)")
                #expect(traffic.failures == [])
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                let groups = try await place.aws("elbv2", "describe-target-groups")["TargetGroups"]?.listValue
                #expect(groups?.count == 1)
            }
        }

        @Test(
            "Everything moves to another VPC without a failed request when it is made there beside the first",
            PythonPrograms.areInstalled())
        func everythingToAnotherVPC() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                try place.drainQuickly()
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let replaced = try await place.dnsName
                let parts = ["load-balancer", "listener", "target-group", "service"]
                let other = try await place.otherVPC
                let subnets = try await place.aws("ec2", "describe-subnets", "--filters", "Name=vpc-id,Values=\(other)")
                let ids = subnets["Subnets"].strings("SubnetId").joined(separator: ", ")
                for part in parts {
                    let moved = try place.read("\(part).yaml")
                        .replacing("name: hello}", with: "name: moved}").replacing("name: web}", with: "name: moved}")
                        .replacing("name: http}", with: "name: moved}")
                        .replacing("loadBalancer: hello", with: "loadBalancer: moved")
                        .replacing("targetGroup: web", with: "targetGroup: moved")
                        .replacing("vpc: default", with: "vpc: \(other)")
                        .replacing("subnets: default", with: "subnets: [\(ids)]")
                    try place.write(moved, to: "\(part)-moved.yaml")
                }
                let (applied, onReplaced) = try await Traffic.run(perSecond: 200) {
                    try await cloud.get(from: replaced)
                } during: {
                    try await place.reconcile("apply", "--yes")
                }
                applied.expect(status: 0)
                #expect(onReplaced.failures == [])

                let name = try await place.dnsName
                for part in parts { try place.write(nil, to: "\(part).yaml") }
                let (removed, onNewName) = try await Traffic.run(perSecond: 200) {
                    try await cloud.get(from: name)
                } during: {
                    try await place.reconcile("apply", "--yes")
                }
                removed.expect(status: 0)
                #expect(name != replaced)
                #expect(onNewName.failures == [])
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]?.listValue
                #expect(balancers?.map { $0["VpcId"] } == [.string(other)])
            }
        }

        @Test(
            "A load balancer is replaced without a failed request, for clients that move to its new name in time",
            PythonPrograms.areInstalled())
        func loadBalancer() async throws {
            try await Workplace.withLocalCloud("hello") { place, cloud in
                try place.drainQuickly()
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let replaced = try await place.dnsName
                try place.edit("load-balancer.yaml", "internet-facing", "internal")
                let plan = try await place.reconcile("plan", "--detailed-exitcode").expect(status: 2)
                #expect(plan.errors.contains("requests to \(replaced) are answered until"), "\(plan.errors)")

                let (isKnown, known) = AsyncStream<Void>.makeStream()
                let newName = Mutex(replaced)
                let serves = Mutex(ContinuousClock.now)
                let ((applied, onNewName), onReplaced) = try await Traffic.run(perSecond: 200) {
                    try await cloud.get(from: replaced)
                } during: {
                    try await Traffic.run(
                        perSecond: 200, after: { _ = await isKnown.first { true } }
                    ) {
                        try await cloud.get(from: newName.withLock { $0 })
                    } during: {
                        try await place.reconcile("apply", "--yes", "-o", "json") { line, _ in
                            let event = try AttributeValue(json: line)
                            guard event["event"] == "succeeded", event["step"] == "await TargetGroup/web (handover)"
                            else { return }
                            serves.withLock { $0 = .now - event.age }
                            let name = try await place.dnsName
                            newName.withLock { $0 = name }
                            known.yield()
                        }
                    }
                }
                applied.expect(status: 0)
                let since = serves.withLock { $0 }
                #expect(onReplaced.failures(before: since) == [])
                #expect(newName.withLock { $0 } != replaced)
                #expect(onNewName.answers > 100)
                #expect(onNewName.failures == [])
                try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                let balancers = try await place.aws("elbv2", "describe-load-balancers")["LoadBalancers"]?.listValue
                #expect(balancers?.map { $0["Scheme"] } == ["internal"])
            }
        }
    }
}

extension Workplace {
    /// The local cloud's that is not the default one.
    fileprivate var otherVPC: String {
        get async throws {
            let vpcs = try await aws("ec2", "describe-vpcs")["Vpcs"]?.listValue ?? []
            return try #require(vpcs.first { $0["IsDefault"] == false }?["VpcId"]?.stringValue)
        }
    }

    /// Of the load balancer that was made last.
    fileprivate var dnsName: String {
        get async throws {
            let balancers = try await aws("elbv2", "describe-load-balancers")["LoadBalancers"]?.listValue ?? []
            let newest = balancers.max {
                ($0["CreatedTime"]?.stringValue ?? "") < ($1["CreatedTime"]?.stringValue ?? "")
            }
            return try #require(newest?["DNSName"]?.stringValue)
        }
    }
}

extension AttributeValue {
    /// How long ago an event happened.
    fileprivate var age: Duration {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = try? Date(self["time"]?.stringValue ?? "", strategy: format) else { return .zero }
        return .seconds(-date.timeIntervalSinceNow)
    }
}

extension Traffic {
    fileprivate func failures(before time: ContinuousClock.Instant) -> [String] {
        Traffic(requests: requests.filter { $0.endedAt < time }).failures
    }
}
