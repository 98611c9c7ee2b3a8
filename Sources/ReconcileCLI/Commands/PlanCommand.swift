package import ArgumentParser
import Planning
import Reconciliation

package struct PlanCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what would be done, in order, and why. Changes nothing.",
        discussion: """
              reconcile plan                                  of the directory manifests
              reconcile plan -f shop -e production -v tag=1.5
              reconcile plan --out plan.json                  to be read, and applied later

            With --out the plan is saved, and `reconcile apply plan.json` carries out exactly that, or refuses when \
            the state or the world has moved since.
            """)

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var targets: TargetOptions
    @OptionGroup package var output: OutputOptions
    @OptionGroup package var calls: CallOptions

    @Option(help: ArgumentHelp("Save the plan.", valueName: "file"))
    package var out: String?

    @Flag(help: "Exit with 2 when there are changes, and 0 when there are none.")
    package var detailedExitcode = false

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            let loaded = try LoadedProject(manifests)
            let prepared = try await Workspace.with(loaded, calls) { workspace in
                try await workspace.reconciler.plan(targets.request(.converge, loaded), isSaved: out != nil)
            }
            let shown = PlanDisplay(loaded, output)
            try shown.show(prepared.plan)
            if let out {
                try SavedPlanFile(path: out).write(
                    prepared.fingerprint, plan: shown.json(prepared.plan), manifests: manifests, targets: targets)
            }
            if detailedExitcode, !prepared.plan.isEmpty { throw ExitStatus.changes.exitCode }
        }
    }
}

extension TargetOptions {
    /// - Throws: ``SettingUpError`` for an address that nothing has.
    func request(_ goal: PlanRequest.Goal, _ loaded: LoadedProject) -> ReconcileRequest {
        ReconcileRequest(
            goal, loaded.desired, targets: targets.isEmpty ? nil : Set(targets), adopt: Set(adopted))
    }
}
