import Diagnostics
import ResourceGraph
import TestSupport
import Testing

@Suite("Resources that depend on each other", .tags(.small))
struct CycleTests {
    /// The errors of a graph: place and message, then every related place and its sentence.
    private func errors(_ text: String) -> [String] {
        let notation = GraphNotation(text)
        return ResourceGraph.build(desired: notation.desired, catalog: notation.catalog).diagnostics.flatMap { error in
            ["\(place(error.range)) \(error.severity): \(error.message)"]
                + error.related.map { "  \(place($0.range)) \($0.message)" }
        }
    }

    private func place(_ range: SourceRange?) -> String { range?.start.description ?? "-" }

    @Test func `a cycle is explained as its path, each step with its place`() {
        #expect(
            errors(
                """
                Listener/a: targetGroup=TargetGroup/b
                TargetGroup/b: x=Zone/none service=Service/c
                Service/c: listener=Listener/a
                """) == [
                    "m.yaml:1:10 error: these resources depend on each other, so none of them can be first: "
                        + "Listener/a → TargetGroup/b → Service/c → Listener/a",
                    "  m.yaml:2:20 TargetGroup/b refers to Service/c in service",
                    "  m.yaml:3:10 Service/c refers to Listener/a in listener",
                ])
    }

    @Test func `a resource that refers to itself is told so`() {
        #expect(errors("A/a: x=B/b self=A/a\nB/b:") == ["m.yaml:1:20 error: A/a refers to itself"])
    }

    @Test func `every cycle is reported, and of one that has shortcuts the shortest way`() {
        #expect(
            errors(
                """
                A/a: x=A/b
                A/b: x=A/c y=A/a
                A/c: x=A/a
                B/a: x=B/b
                B/b: x=B/a
                C/c: x=A/a
                """
            ).filter { !$0.hasPrefix(" ") } == [
                "m.yaml:1:10 error: these resources depend on each other, so none of them can be first: "
                    + "A/a → A/b → A/a",
                "m.yaml:4:10 error: these resources depend on each other, so none of them can be first: "
                    + "B/a → B/b → B/a",
            ])
    }

    @Test func `a hidden dependency on a cycle says why it is there`() {
        #expect(
            errors(
                """
                A/service: group=T/t
                B/listener: group=T/t service=A/service
                T/t:
                ~ A group through B
                """) == [
                    "m.yaml:1:1 error: these resources depend on each other, so none of them can be first: "
                        + "A/service → B/listener → A/service",
                    "  m.yaml:2:20 B/listener refers to A/service in service",
                ])
    }
}
