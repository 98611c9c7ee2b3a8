import AttributeTree
import ReconcileCLI
import Reconciliation
import ResourceModel
import TestSupport
import Testing

@Suite("The status tracker as a table", .tags(.small))
struct StatusTableTests {
    private let lines = [
        StatusTable.Line(StatusRow(address: Hello.cluster, phase: .final, state: "Active")),
        StatusTable.Line(
            StatusRow(address: Hello.service, phase: .configured, state: "Tasks Running", waitingFor: "1 of 2 healthy"),
            waited: .seconds(75)),
        StatusTable.Line(
            StatusRow(address: Hello.tasks, phase: .final, state: "Running", detail: ["url": "http://hello.example/"])),
        StatusTable.Line(
            StatusRow(
                address: Hello.group, phase: .failed, state: "Created", failure: SettleFailure(.failed, "no\nroom"))),
        StatusTable.Line(StatusRow(address: Hello.listener, phase: .none, state: "none")),
    ]

    @Test func `says of each resource its state, and what is missing`() {
        #expect(
            StatusTable(lines, style: Style(isColoured: false)).rendered().joined(separator: "\n") == """
                  RESOURCE         STATE
                ✓ Cluster/hello    Active
                … Service/web      Tasks Running  1 of 2 healthy (1m 15s)
                ✓ Tasks/web        Running        http://hello.example/
                ✗ TargetGroup/web  Created        no room
                · Listener/http    none
                """)
    }

    @Test func `fits the terminal, and keeps the time`() {
        let rendered = StatusTable(lines, style: Style(isColoured: false), width: 50).rendered()
        #expect(
            rendered.joined(separator: "\n") == """
                  RESOURCE         STATE
                ✓ Cluster/hello    Active
                … Service/web      Tasks Running  1 of 2… (1m 15s)
                ✓ Tasks/web        Running        http://hello.ex…
                ✗ TargetGroup/web  Created        no room
                · Listener/http    none
                """)
    }

    @Test func `has the same width in colours`() {
        let plain = StatusTable(lines, style: Style(isColoured: false), width: 50).rendered()
        let coloured = StatusTable(lines, style: Style(isColoured: true), width: 50).rendered()
        #expect(plain.map(\.cells) == coloured.map(\.cells))
        #expect(coloured[1].hasPrefix("\u{1B}[32m✓\u{1B}[0m Cluster/hello"))
    }

    @Test func `of nothing has its titles`() {
        #expect(StatusTable([], style: Style(isColoured: false)).rendered() == ["  RESOURCE  STATE"])
    }
}
