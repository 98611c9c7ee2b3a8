package import ArgumentParser
import Planning
import Reconciliation
import StateModel

package struct AttachCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Follow what applies have set going until it is final.",
        discussion: """
            What `reconcile apply --detach` did not wait for, what an interrupted apply had begun, and what somebody \
            else is applying at this moment: with the display and the exit statuses of an apply, and without changing \
            anything. What an apply did not come to is not done: then attach fails and says so.

            Ctrl-C ends the watching, and nothing else.
            """)

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var output: OutputOptions
    @OptionGroup package var calls: CallOptions

    @Option(
        help: ArgumentHelp(
            "How long one resource may take to reach its final state: 90s, 15m, 1h30m.", valueName: "duration"))
    package var timeout = DurationArgument(seconds: 15 * 60)

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            let loaded = try LoadedProject(manifests)
            let result = try await Workspace.with(loaded, calls) { try await follow(in: $0) }
            if output.output == .text { show(result, AttachSummary(result, loaded.owner)) }
            let status = ExitStatus(result.outcome)
            if status != .done { throw status.exitCode }
        }
    }

    private func follow(in workspace: Workspace) async throws -> AttachResult {
        let screen = Screen(output: output, display: PlanDisplay(workspace.loaded, output))
        let watch = InterruptionWatch(
            stopping: "no longer watching; what is under way goes on", announce: screen.announce)
        let options = ApplyOptions(
            holder: .thisProcess(command: "attach"), settings: ExecutionSettings(timeout: timeout.duration),
            interruption: watch.interruption)
        defer { watch.stop() }
        return try await screen.ticking {
            try await workspace.reconciler.attach(
                options,
                begin: { work, plan in
                    if let line = AttachSummary.beginning(work) { screen.announceOnce(line) }
                    if !plan.isEmpty { screen.begin(plan) }
                }, emit: screen.handle)
        }
    }

    private func show(_ result: AttachResult, _ summary: AttachSummary) {
        for line in summary.problems(output.colours.style(.error)) { Console.prose(line, to: .error) }
        Console.prose(summary.closing(output.colours.style(.output)))
    }
}
