package import ArgumentParser

/// The program: `reconcile`.
package struct ReconcileCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Makes a cloud be as your manifests say, and proves that it serves.",
        discussion: """
            Manifests are YAML files that describe an ECS cluster, task definitions, load balancers, target groups, \
            listeners and services. Start with

              reconcile validate     are they right? nothing is called
              reconcile plan         what would be done, in order, and why
              reconcile apply        do it, and go on until a healthy task answers
              reconcile status       how far is every resource now?
              reconcile why          what keeps it from being final, and what to do about it?
              reconcile history      what was applied, by whom, and what came of it?
              reconcile lock         who is applying at this moment?
              reconcile rollback     bring a service back to the last revision that was successful
              reconcile destroy      delete what this project made

            EXIT STATUS:
            \(ExitStatus.table)
            """,
        version: VersionCommand.version,
        subcommands: [
            ValidateCommand.self, PlanCommand.self, ApplyCommand.self, DestroyCommand.self, StatusCommand.self,
            WhyCommand.self, AttachCommand.self, HistoryCommand.self, DiffCommand.self, RollbackCommand.self,
            LockCommand.self, GraphCommand.self, SchemaCommand.self, LocalCommand.self, VersionCommand.self,
        ])

    package init() {}
}
