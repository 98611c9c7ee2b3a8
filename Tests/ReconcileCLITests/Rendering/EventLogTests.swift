import ReconcileCLI
import TestSupport
import Testing

@Suite("An apply in a pipe", .tags(.small))
struct EventLogTests {
    @Test func `is a line for each thing that happens, and none for what was said`() throws {
        var log = EventLog(style: Style(isColoured: false), start: 1000)
        let lines = Hello.applyThatFails.compactMap { log.line(for: $0.event(from: 1000)) }
        try Snapshot.expect(lines.joined(separator: "\n") + "\n", equals: "event-log.txt", testFile: testFile)
    }
}
