import Planning
import ReconcileCLI
import Reconciliation
import ResourceModel
import TestSupport
import Testing

@Suite("An apply on a terminal", .tags(.small))
struct LiveTrackerTests {
    private func tracker(_ plan: Plan) -> LiveTracker {
        LiveTracker(plan: plan, style: Style(isColoured: false), start: 1000)
    }

    @Test(arguments: [110, 80, 40])
    func `shows how far every resource is, and what it waits for`(width: Int) throws {
        var tracker = tracker(try Hello.plan())
        var pictures = [picture(tracker, at: 0, width: width)]
        for moments in Hello.applyThatFails.chunked(by: \.seconds) {
            let seconds = moments[0].seconds
            let lasting = moments.flatMap { tracker.handle($0.event(from: 1000)) }
            pictures.append((lasting + [picture(tracker, at: seconds, width: width)]).joined(separator: "\n"))
        }
        try Snapshot.expect(
            pictures.joined(separator: "\n\n") + "\n", equals: "live-tracker-\(width).txt", testFile: testFile)
        let widest = pictures.joined(separator: "\n").split(separator: "\n").map { String($0).cells }.max()
        #expect(width < 80 || widest.map { $0 <= width } == true)
    }

    @Test func `counts what is deleted as done`() {
        var tracker = tracker(
            Plan(
                changes: [
                    Change(address: Hello.service, action: .delete, reasons: [.destroyed], impact: .none),
                    Change(address: Hello.cluster, action: .delete, reasons: [.destroyed], impact: .none),
                ],
                steps: [Hello.service, Hello.cluster].map { address in
                    Step(
                        id: Hello.step(.delete, address), work: .forget, calls: [], summary: "delete \(address)",
                        impact: .none, reasons: [], after: [])
                }))
        let started = ApplyEvent.Content.started(Hello.step(.delete, Hello.service), summary: "delete service web")
        _ = tracker.handle(ApplyEvent(time: 1000, content: started))
        #expect(
            picture(tracker, at: 3, width: 80) == """
                  RESOURCE       STATE
                … Service/web           delete service web (3s)
                · Cluster/hello         to be deleted
                  0 of 2 done, 3s
                """)
        _ = tracker.handle(ApplyEvent(time: 1004, content: .succeeded(Hello.step(.delete, Hello.service))))
        #expect(
            picture(tracker, at: 4, width: 80) == """
                  RESOURCE       STATE
                ✓ Service/web    deleted
                · Cluster/hello           to be deleted
                  1 of 2 done, 4s
                """)
    }

    private func picture(_ tracker: LiveTracker, at seconds: Double, width: Int) -> String {
        tracker.lines(at: 1000 + seconds, width: width).joined(separator: "\n")
    }
}

extension Array {
    /// Neighbours that have a value in common.
    fileprivate func chunked<Value: Equatable>(by value: (Element) -> Value) -> [[Element]] {
        reduce(into: []) { chunks, element in
            if let last = chunks.last?.last, value(last) == value(element) {
                chunks[chunks.count - 1].append(element)
            } else {
                chunks.append([element])
            }
        }
    }
}
