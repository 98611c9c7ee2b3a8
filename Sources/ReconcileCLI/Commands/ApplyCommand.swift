package import ArgumentParser
import Planning
import Reconciliation

package struct ApplyCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make the cloud be as the manifests say, and go on until everything serves.",
        discussion: """
              reconcile apply                                 shows the plan and asks
              reconcile apply plan.json                       what was saved, without asking
              reconcile apply --yes -o json                   in a pipeline

            An apply ends well only when every resource it touched is in its final state, and a request through the \
            load balancer was answered by a healthy task.

            Ctrl-C once: nothing more is started, what is in flight ends and is recorded. Twice: leave at once; the \
            next apply finishes what was begun.

            `reconcile attach` follows what was set going and not waited for, after --detach or an interruption.
            """)

    @Argument(help: ArgumentHelp("A plan saved with `reconcile plan --out`.", valueName: "plan"))
    package var plan: String?

    @Flag(help: "Do not wait for what nothing else in the plan needs; `reconcile attach` does.")
    package var detach = false

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var targets: TargetOptions
    @OptionGroup package var execution: ExecutionOptions
    @OptionGroup package var output: OutputOptions
    @OptionGroup package var calls: CallOptions

    package init() {}

    package func validate() throws {
        guard plan != nil else { return }
        guard manifests.areDefaults, targets.targets.isEmpty, targets.adopted.isEmpty else {
            throw ValidationError(
                "a saved plan has its manifests, environment, variables and targets; leave --file, --env, --var, "
                    + "--target and --adopt out")
        }
    }

    package func run() async throws {
        try await reportingFailures(output.colours) {
            var run = ApplyRun(work: .apply, execution: execution, output: output, calls: calls)
            run.detach = detach
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
    @OptionGroup package var calls: CallOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            try await ApplyRun(work: .destroy, execution: execution, output: output, calls: calls).run(
                manifests, targets)
        }
    }
}
