import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    @Suite struct CallCountTests {
        /// What AWS answers in one call, for what manifests/shop makes: 2 clusters, 3 task definitions, 2 services in one
        /// cluster and 1 in the other, 1 load balancer with 1 listener, and 2 target groups.
        private static let planOfShop = [
            // Who asks for the default network does not matter: one default VPC, one list of its subnets, and one of its
            // security groups, which moto has to be told.
            "ec2:DescribeVpcs": 1, "ec2:DescribeSubnets": 1, "ec2:DescribeSecurityGroups": 1,
            // 100 clusters in a call.
            "ecs:DescribeClusters": 1,
            // 10 services of one cluster in a call; each answer names the revision that runs, which never changes, and so
            // DescribeTaskDefinition, which takes one, is not called at all.
            "ecs:DescribeServices": 2,
            // 20 ARNs in a call.
            "elbv2:DescribeLoadBalancers": 1, "elbv2:DescribeTargetGroups": 1, "elbv2:DescribeListeners": 1,
            // 20 ARNs in a call; load balancers, target groups and listeners are asked about apart.
            "elbv2:DescribeTags": 3,
            // One in a call.
            "elbv2:DescribeLoadBalancerAttributes": 1, "elbv2:DescribeTargetGroupAttributes": 2,
        ]

        @Test("The plan of an unchanged shop makes the calls its batches need, and no other", Moto.isInstalled())
        func planOfShop() async throws {
            try await Moto.run { moto in
                try await Workplace.with("shop", on: moto.access) { place in
                    for file in ["storefront.yaml", "worker.yaml"] { try place.nameSecurityGroups(file) }
                    var events: [AttributeValue] = []
                    let applied = try await moto.calls {
                        events = try await place.reconcile("apply", "--yes", "--timeout", "2s", "-o", "json")
                            .expect(status: 4).events
                    }
                    #expect(applied.counts["ecs:CreateService"] == 3)
                    #expect(events.last?["calls"] == .map(applied.counts.mapValues { .int($0) }))
                    let planned = try await moto.calls { try await place.reconcile("plan").expect(status: 0) }
                    #expect(planned.counts == Self.planOfShop)
                }
            }
        }
    }
}
