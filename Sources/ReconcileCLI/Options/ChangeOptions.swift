package import ArgumentParser
package import ResourceModel

/// How much is changed, and how.
package struct TargetOptions: ParsableArguments {
    @Option(
        name: .customLong("target"),
        help: ArgumentHelp("Only this resource and what it depends on. Repeatable.", valueName: "kind/name"))
    package var targets: [ResourceAddress] = []

    @Option(
        name: .customLong("adopt"),
        help: ArgumentHelp(
            "Take over a resource that exists and is not ours. Repeatable.", valueName: "kind/name"))
    package var adopted: [ResourceAddress] = []

    package init() {}
}

/// How a plan is carried out.
package struct ExecutionOptions: ParsableArguments {
    @Flag(name: [.short, .customLong("yes")], help: "Do not ask.")
    package var yes = false

    @Option(help: ArgumentHelp("How many steps may run at once.", valueName: "n"))
    package var parallelism = 10

    @Option(
        help: ArgumentHelp(
            "How long one resource may take to reach its final state: 90s, 15m, 1h30m.", valueName: "duration"))
    package var timeout = DurationArgument(seconds: 15 * 60)

    package init() {}

    package mutating func validate() throws {
        guard parallelism > 0 else { throw ValidationError("--parallelism must be at least 1") }
    }
}

extension ResourceAddress: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
