import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// manifests/shop: three services in two clusters, two of which share the requests of one load balancer.
    @Suite struct ShopTests {
        @Test("Applied with real tasks, planned again, and destroyed", Ministack.isInstalled())
        func lifecycle() async throws {
            try await ContainerEngine.run(helloTags: ["1.0"]) { engine in
                try await Ministack.run(engine: engine) { ministack in
                    try await Workplace.with("shop", on: ministack.access) { place in
                        var place = place
                        try place.listenOncePerStorefront()
                        place.reconcile.environment["RECONCILE_VAR_image"] = "registry.example/hello:1.0"
                        try await place.reconcile("apply", "--yes").expect(status: 0)
                        try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                        try await place.reconcile("status").expect(status: 0)
                        let found = try await Inventory(of: place.aws)
                        #expect(found == .shop)

                        try await place.reconcile("destroy", "--yes").expect(status: 0)
                        let left = try await Inventory(of: place.aws)
                        #expect(left == .empty)
                    }
                }
            }
        }
    }
}

extension Inventory {
    /// What manifests/shop makes.
    static let shop = Inventory(
        clusters: ["shop-back", "shop-front"], services: ["storefront", "storefront-next", "worker"],
        revisions: ["storefront-next:1", "storefront:1", "worker:1"], loadBalancers: ["shop"],
        targetGroups: ["storefront", "storefront-next"], listeners: ["shop:80", "shop:81"])
}
