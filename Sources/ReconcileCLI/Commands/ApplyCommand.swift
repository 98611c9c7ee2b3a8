package import ArgumentParser
import Planning
import Reconciliation

package struct ApplyCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make the cloud be as the manifests say, and go on until everything serves.",
        discussion: """
            An apply ends well only when every resource it touched is in its final state, and a request through the \
            load balancer was answered by a healthy task.

            Ctrl-C once: nothing more is started, what is in flight ends and is recorded. Twice: leave at once; the \
            next apply finishes what was begun.
            """)

    @Argument(help: ArgumentHelp("A plan saved with `reconcile plan --out`.", valueName: "plan"))
    package var plan: String?

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var targets: TargetOptions
    @OptionGroup package var execution: ExecutionOptions
    @OptionGroup package var output: OutputOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output) {
            var run = ApplyRun(goal: .converge, execution: execution, output: output)
            guard let plan else {
                try await run.run(manifests, targets)
                return
            }
            let saved = try SavedPlanFile(path: plan).read()
            run.saved = saved.fingerprint
            try await run.run(saved.manifests, saved.targets)
        }
    }
}

package struct DestroyCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "destroy", abstract: "Delete everything that is recorded for the environment.",
        discussion: """
            What is deleted is what the state has recorded, in the reverse of the order in which it was made. Resources \
            with `metadata.protect: true` are refused.
            """)

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var targets: TargetOptions
    @OptionGroup package var execution: ExecutionOptions
    @OptionGroup package var output: OutputOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output) {
            try await ApplyRun(goal: .destroy, execution: execution, output: output).run(manifests, targets)
        }
    }
}
