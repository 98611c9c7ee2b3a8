import FoundationEssentials
package import Planning
package import Reconciliation
import Synchronization

/// What an apply shows: the plan first, then what happens.
package final class Screen: Sendable {
    private let output: OutputOptions
    private let display: PlanDisplay
    private let reporter = Mutex<ApplyReporter?>(nil)
    private let lastAnnounced = Mutex("")

    package init(output: OutputOptions, display: PlanDisplay) {
        self.output = output
        self.display = display
    }

    package func show(_ plan: Plan) {
        display.showWarnings(plan)
        guard output.output == .text else { return }
        Console.write(display.text(plan))
    }

    /// From here on events are shown.
    package func begin(_ plan: Plan) {
        if output.output == .text { Console.line("") }
        reporter.withLock { $0 = makeReporter(plan) }
    }

    package func handle(_ event: ApplyEvent) {
        let shown = reporter.withLock { reporter in
            // Before the plan is approved there is only what interrupted applies had left, and an end without a beginning.
            if reporter == nil, output.output == .json { reporter = makeReporter(Plan(changes: [], steps: [])) }
            return reporter
        }
        shown?.handle(event)
    }

    /// Says something to who watches, beside the events.
    package func announce(_ text: String) {
        guard let reporter = reporter.withLock(\.self) else {
            Console.line(text, to: .error)
            return
        }
        reporter.announce(text, at: Date().timeIntervalSince1970)
    }

    /// The same, unless it is what was said last.
    package func announceOnce(_ text: String) {
        let isNews = lastAnnounced.withLock { last in
            defer { last = text }
            return last != text
        }
        if isNews { announce(text) }
    }

    /// Keeps the waiting times on the screen up to date while the body runs.
    package func ticking<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(1))
                    self.reporter.withLock(\.self)?.tick(at: Date().timeIntervalSince1970)
                }
                return nil
            }
            defer { group.cancelAll() }
            let result = try await body()
            return result
        }
    }

    private func makeReporter(_ plan: Plan) -> ApplyReporter {
        let form: ApplyReporter.Form =
            switch output.output {
            case .json: .json
            case .text: Console.isTerminal(.output) ? .live : .lines
            }
        return ApplyReporter(
            form, plan: plan, style: output.colours.style(.output),
            start: Date().timeIntervalSince1970)
    }
}
