import ResourceGraph
import TestSupport
import Testing

@Suite("A drawn graph", .tags(.small))
struct RenderingTests {
    private var graph: ResourceGraph {
        let notation = GraphNotation(
            """
            Service/web: cluster=Cluster/hello loadBalancers.targetGroup=TargetGroup/web
            Listener/http: defaultActions.targetGroup=TargetGroup/web mutual.targetGroup=TargetGroup/web
            TargetGroup/web:
            Cluster/hello:
            ~ Service loadBalancers.targetGroup through Listener
            """)
        return ResourceGraph.build(desired: notation.desired, catalog: notation.catalog).graph
    }

    @Test func `for Graphviz has an arrow for each dependency, dashed where no field says so`() {
        #expect(
            graph.dot() == """
                digraph resources {
                  rankdir = LR;
                  node [shape = box];
                  "Cluster/hello";
                  "TargetGroup/web";
                  "Listener/http";
                  "Service/web";
                  "Listener/http" -> "TargetGroup/web" [label = "defaultActions.targetGroup, mutual.targetGroup"];
                  "Service/web" -> "Cluster/hello" [label = "cluster"];
                  "Service/web" -> "Listener/http" [style = dashed, label = "it must be reachable first"];
                  "Service/web" -> "TargetGroup/web" [label = "loadBalancers.targetGroup"];
                }

                """)
    }

    @Test func `for Mermaid has the same arrows`() {
        #expect(
            graph.mermaid() == """
                graph LR
                  r0["Cluster/hello"]
                  r1["TargetGroup/web"]
                  r2["Listener/http"]
                  r3["Service/web"]
                  r2 -->|"defaultActions.targetGroup, mutual.targetGroup"| r1
                  r3 -->|"cluster"| r0
                  r3 -.->|"it must be reachable first"| r2
                  r3 -->|"loadBalancers.targetGroup"| r1

                """)
    }

    @Test func `escapes the names that the languages could misread`() {
        let notation = GraphNotation("A/say\"hi\\:")
        let graph = ResourceGraph.build(desired: notation.desired, catalog: notation.catalog).graph
        #expect(graph.dot().contains("\"A/say\\\"hi\\\\\""))
        #expect(graph.mermaid().contains("\"A/say#quot;hi\\\""))
    }
}
