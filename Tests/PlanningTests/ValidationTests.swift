import AttributeTree
import Diagnostics
import Planning
import ResourceModel
import TestSupport
import Testing

@Suite("Before anything is called", .tags(.small))
struct ValidationTests {
    @Test func `what the kinds refuse and what depends on itself is reported, in the order of the manifests`() throws {
        var definition = try #require(MiniCatalog.catalog["Cluster"])
        definition.checks = [
            { cluster, all in
                [Diagnostic(.error, "\(cluster.address) is one of \(all.resources.count)", at: cluster.source.resource)]
            }
        ]
        let loop = try #require(Self.loop)
        let desired = DesiredSet([loop] + manifests("\nCluster/b\nCluster/a").resources.values)
        let catalog = KindCatalog([definition] + MiniCatalog.catalog.kinds.filter { $0.kind != "Cluster" })
        #expect(
            Planner.validate(desired, catalog: catalog).map(\.message) == [
                "Listener/l refers to itself", "Cluster/b is one of 3", "Cluster/a is one of 3",
            ])
    }

    @Test func `a plan for resources that depend on each other has no steps`() throws {
        let plan = Planner.plan(World().request(DesiredSet([try #require(Self.loop)])))
        #expect(plan.steps.isEmpty)
        #expect(plan.diagnostics.hasErrors)
    }

    private static var loop: DesiredResource? {
        var loop = manifests("Listener/l port=1")[ResourceAddress(kind: "Listener", name: "l")]
        loop?.references = [Reference(path: "port", target: .managed(ResourceAddress(kind: "Listener", name: "l")))]
        return loop
    }
}
