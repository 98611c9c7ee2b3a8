package import ArgumentParser
import AttributeTree
import FoundationEssentials
import Manifests
import Reconciliation
import ResourceModel
import StateModel

package struct WhyCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say why something is not final: one cause and one remedy, with the evidence.",
        discussion: """
              reconcile why                everything that is not final
              reconcile why Service/web    one service

            It looks at the service's events, its deployment, the tasks of that deployment which stopped, the health of \
            their targets and the end of their logs. AWS forgets stopped tasks within an hour; what was seen when an \
            apply failed is kept with it. What is well, or merely takes its time, has no cause. Changes nothing.
            """)

    @Argument(help: ArgumentHelp("What to explain; everything when it is left out.", valueName: "address"))
    package var address: String?

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var output: OutputOptions
    @OptionGroup package var calls: CallOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            let loaded = try LoadedProject(manifests)
            let subject = try address.map { try name(of: $0, in: loaded) }
            let answer = try await Workspace.with(loaded, calls) { workspace in
                try await workspace.reconciler.why(desired: loaded.desired, of: subject)
            }
            switch output.output {
            case .json: Console.line(answer.json.jsonText(.pretty))
            case .text: for line in lines(of: answer, loaded) { Console.prose(line) }
            }
        }
    }

    /// `web` of `Service/web` and of `web`: a service and what is around it are mostly called the same.
    private func name(of text: String, in loaded: LoadedProject) throws -> String {
        let name = ResourceAddress(text)?.name ?? text
        guard loaded.desired.resources.keys.contains(where: { $0.name == name }) else {
            let services = loaded.desired.resources.keys.filter { $0.kind.rawValue == "Service" }.sorted()
            throw UsageError(
                "there is no \"\(text)\" in the manifests",
                help: services.isEmpty ? [] : ["the services are \(services.map(\.name).joined(separator: ", "))"])
        }
        return name
    }

    private func lines(of answer: WhyAnswer, _ loaded: LoadedProject) -> [String] {
        let style = output.colours.style(.output)
        let place = "\(loaded.project.name), environment \(loaded.environment.name)"
        if answer.unsettled.isEmpty { return ["\(place): nothing is wrong; everything is final"] }
        if !answer.explanations.isEmpty { return answer.explanations.flatMap { $0.lines(style) } }
        if let earlier = answer.earlier {
            let time = Date(timeIntervalSince1970: earlier.apply.endedAt ?? earlier.apply.startedAt)
            return [
                "Nothing can be seen any more. When apply \(earlier.apply.id) ended, at \(time.formatted(Date.ISO8601FormatStyle())):"
            ]
                + earlier.explanations.flatMap { $0.lines(style) }
        }
        return ["\(place): nothing is wrong so far; it takes its time:"]
            + answer.unsettled.map { row in
                let waiting = (row.failure?.message ?? row.waitingFor).map { ", waiting for \($0)" } ?? ""
                return "  \(row.address) is \"\(row.state)\"\(waiting)"
            }
    }
}

extension WhyAnswer {
    fileprivate var json: AttributeValue {
        var json: AttributeValue = [
            "formatVersion": 1, "explanations": .list(explanations.map(\.json)),
            "unsettled": .list(unsettled.map(\.json)),
        ]
        if let earlier {
            json["earlier"] = [
                "apply": .int(earlier.apply.id), "endedAt": earlier.apply.endedAt.map { .number($0) } ?? .null,
                "explanations": .list(earlier.explanations.map(\.json)),
            ]
        }
        return json
    }
}
