package import ArgumentParser
import Reconciliation
package import ResourceModel

package struct RollbackCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Bring a service back to the last revision that was successful here.",
        discussion: """
              reconcile rollback web             shows the plan and asks
              reconcile rollback Service/web --yes

            A revision was successful here when the service ran it, was in its final state, and an apply had seen that. \
            Everything of the service that rolls its tasks goes back with it: the task definition, the network, the \
            load balancers; how many tasks it has stays. Nothing else is changed.

            The manifests go on to say what they say: the next plan shows the way back to them. Change them too.
            """)

    @Argument(help: ArgumentHelp("The service, as `web` or `Service/web`.", valueName: "service"))
    package var service: ServiceArgument

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var execution: ExecutionOptions
    @OptionGroup package var output: OutputOptions
    @OptionGroup package var calls: CallOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            try await ApplyRun(
                work: .rollback(service.address), execution: execution, output: output, calls: calls
            ).run(manifests, TargetOptions())
        }
    }
}

/// A service by its name or its address.
package struct ServiceArgument: ExpressibleByArgument, Sendable {
    package var address: ResourceAddress

    package init?(argument: String) {
        if argument.contains("/") {
            guard let address = ResourceAddress(argument) else { return nil }
            self.address = address
        } else {
            guard !argument.isEmpty else { return nil }
            address = ResourceAddress(kind: "Service", name: argument)
        }
    }
}
