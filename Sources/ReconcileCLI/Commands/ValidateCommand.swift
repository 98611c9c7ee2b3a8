package import ArgumentParser
import AttributeTree
import Diagnostics
import Manifests
import ResourceModel

package struct ValidateCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check the manifests, without calling anything.",
        discussion: "Every mistake in every file is reported at once, with its place and what to do about it.")

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var output: OutputOptions

    package init() {}

    package func run() async throws {
        try await reportingFailures(output.colours) {
            switch output.output {
            case .text: try check()
            case .json: try checkForPrograms()
            }
        }
    }

    private func check() throws {
        let loaded = try LoadedProject(manifests)
        show(loaded.warnings, sources: loaded.sources, output.colours)
        let count = loaded.desired.resources.count
        Console.line(
            "\(loaded.project.name), environment \(loaded.environment.name): "
                + "\(count) resource\(count == 1 ? "" : "s"), valid")
    }

    private func checkForPrograms() throws {
        do {
            Console.line(document(try LoadedProject(manifests).warnings).jsonText(.pretty))
        } catch let invalid as Refusal {
            Console.line(document(invalid.diagnostics).jsonText(.pretty))
            throw invalid.status.exitCode
        }
    }

    private func document(_ diagnostics: [Diagnostic]) -> AttributeValue {
        [
            "formatVersion": 1, "valid": .bool(!diagnostics.hasErrors),
            "diagnostics": .list(diagnostics.map(\.json)),
        ]
    }
}

extension Diagnostic {
    /// `{"severity", "message", "file", "line", "column", "help"}`
    fileprivate var json: AttributeValue {
        var members: [String: AttributeValue] = [
            "severity": .string(severity.rawValue), "message": .string(message),
            "help": .list(help.map { .string($0) }),
        ]
        if let start = range?.start {
            members["file"] = .string(start.file)
            members["line"] = .int(start.line)
            members["column"] = .int(start.column)
        }
        return .map(members)
    }
}
