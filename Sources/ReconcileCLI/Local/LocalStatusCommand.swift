package import ArgumentParser
import AttributeTree
import LocalCloud

package struct LocalStatusCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say whether the local cloud runs, and where its load balancers answer.",
        discussion: "The exit status is 0 only if it runs.")

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var output: OutputOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            let place = try LocalCloudPlace(manifests)
            guard let connection = try await LocalCloudProcess(place).running() else {
                switch output.output {
                case .json: Console.line(AttributeValue.map(["running": false]).jsonText(.pretty))
                case .text: Console.line("the local cloud does not run; start it with: reconcile local up")
                }
                throw ExitStatus.failed.exitCode
            }
            let client = ControlClient(connection)
            let listeners = try await client.send("GET", "endpoints")["endpoints"]?.listValue ?? []
            switch output.output {
            case .json:
                let document: AttributeValue = [
                    "running": true, "endpoint": .string(connection.endpoint), "pid": .int(connection.pid),
                    "region": .string(connection.region),
                    "log": .string(place.logFile), "listeners": .list(listeners),
                ]
                Console.line(document.jsonText(.pretty))
            case .text:
                Console.line(
                    "endpoint    \(connection.endpoint)  (region \(connection.region), process \(connection.pid))")
                Console.line("log         \(place.logFile)")
                for listener in listeners { Console.line("listener    \(described(listener))") }
            }
        }
    }

    private func described(_ listener: AttributeValue) -> String {
        let url = listener["url"]?.stringValue ?? ""
        guard let problem = listener["problem"]?.stringValue else { return url }
        return "\(url) is not open: \(problem)"
    }
}
