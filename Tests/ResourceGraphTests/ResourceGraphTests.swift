import Diagnostics
import ResourceGraph
import ResourceModel
import TestSupport
import Testing

@Suite("The graph of the desired resources", .tags(.small))
struct ResourceGraphTests {
    private func build(_ text: String) -> (graph: ResourceGraph, diagnostics: [Diagnostic]) {
        let notation = GraphNotation(text)
        return ResourceGraph.build(desired: notation.desired, catalog: notation.catalog)
    }

    private static let hello = """
        Service/web: cluster=Cluster/hello targetGroup=TargetGroup/web
        Listener/http: loadBalancer=LoadBalancer/hello targetGroup=TargetGroup/web
        LoadBalancer/hello:
        TargetGroup/web:
        Cluster/hello:
        ~ Service targetGroup through Listener
        """

    @Test func `a resource comes after those it refers to, and otherwise in the order of addresses`() {
        let graph = build(Self.hello).graph
        #expect(
            graph.order.map(\.description) == [
                "Cluster/hello", "LoadBalancer/hello", "TargetGroup/web", "Listener/http", "Service/web",
            ])
        #expect(graph.order.map { graph.level(of: $0) } == [0, 0, 0, 1, 2])
    }

    @Test func `a service comes after the listener that forwards to its target group, though no field says so`() {
        let graph = build(Self.hello).graph
        let service = ResourceAddress(kind: "Service", name: "web")
        let listener = ResourceAddress(kind: "Listener", name: "http")
        #expect(
            graph.dependencies(of: service).first { $0.address == listener }?.reason
                == .hidden("it must be reachable first"))
        #expect(graph.dependents(of: listener) == [service])
    }

    @Test func `sharing a target group that is not managed here orders them too`() {
        let graph = build(
            """
            A/service: to.group=arn:group
            B/listener: group=arn:group
            B/other: group=arn:other
            ~ A to.group through B
            """
        ).graph
        #expect(graph.order.map(\.description) == ["B/listener", "A/service", "B/other"])
    }

    @Test func `the closure of a resource is what has to be there for it`() {
        let graph = build(Self.hello).graph
        let closure = graph.closure(of: [ResourceAddress(kind: "Listener", name: "http")])
        #expect(closure.sorted().map(\.description) == ["Listener/http", "LoadBalancer/hello", "TargetGroup/web"])
    }
}
