import AWSClient
import ArgumentParser
import Planning
import Reconciliation

/// Runs a command and turns whatever it throws into text on standard error and an exit status: the one place that does.
package func reportingFailures(_ colours: ColourOptions, _ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let refusal as Refusal {
        show(refusal.diagnostics, sources: refusal.sources, colours)
        throw refusal.status.exitCode
    } catch let status as ExitCode {
        throw status
    } catch let error as ValidationError {
        throw error
    } catch {
        let failure = explain(error)
        let style = colours.style(.error)
        Console.prose("\(style("error:", .red)) \(failure.message)", to: .error)
        for help in failure.help { Console.prose("\(style("help:", .cyan)) \(help)", to: .error) }
        throw failure.status.exitCode
    }
}

/// What the user is told of an error.
struct ExplainedFailure {
    var status = ExitStatus.failed
    var message: String
    var help: [String] = []
}

/// What an error means for the user, and for scripts.
func explain(_ error: any Error) -> ExplainedFailure {
    switch error {
    case let error as ManifestFileError:
        ExplainedFailure(
            status: .invalidManifests, message: error.description,
            help: ["name the manifests with --file; the default is the directory manifests"])
    case let error as StateStoreError: explain(error)
    case let error as UsageError: ExplainedFailure(status: .usage, message: error.message, help: error.help)
    case let error as StalePlan: ExplainedFailure(message: error.description, help: ["make the plan again"])
    case let error as RollbackRefusal: ExplainedFailure(message: error.description, help: error.help)
    case let error as SettingUpError: ExplainedFailure(message: error.message, help: error.help)
    case let error as AWSError: ExplainedFailure(message: error.description)
    default: ExplainedFailure(message: "\(error)")
    }
}

private func explain(_ error: StateStoreError) -> ExplainedFailure {
    var failure = ExplainedFailure(message: error.description)
    switch error {
    case .locked(let holder):
        failure.status = .locked
        failure.help = [
            holder?.until == nil
                ? "wait until it has ended; the lock goes with the process that holds it"
                : "wait until it has ended; where its process is gone, the lock ends by itself at that time, "
                    + "and `reconcile lock break` ends it now"
        ]
    case .lockLost: failure.help = ["nothing more was recorded; the next apply finds out what became of it"]
    case .inseparable: failure.help = ["end that process; its lock goes with it"]
    case .refused(_, _, let help): failure.help = help
    case .anotherProject: failure.help = ["give every project a path or a prefix of its own after state:"]
    case .laterVersion: failure.help = ["use that version, or a later one"]
    case .damaged:
        failure.help = [
            "restore it from a copy; or move it away and run reconcile apply: "
                + "what carries this project's tags is found again"
        ]
    case .unreadable, .unwritable: break
    }
    return failure
}

/// What the program needs to begin is missing or wrong.
package struct SettingUpError: Error, Sendable {
    package var message: String
    package var help: [String]

    package init(_ message: String, help: [String] = []) {
        self.message = message
        self.help = help
    }
}

/// The command cannot be meant as it was given; nothing was done.
package struct UsageError: Error, Sendable {
    package var message: String
    package var help: [String]

    package init(_ message: String, help: [String] = []) {
        self.message = message
        self.help = help
    }
}
