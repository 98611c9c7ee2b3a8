import ArgumentParser
import ReconcileCLI
import TestSupport
import Testing

@Suite("What the program says of itself", .tags(.small))
struct HelpTests {
    static let commands = ReconcileCommand.configuration.subcommands

    @Test func `help shows where to begin, and the exit statuses`() throws {
        try Snapshot.expect(
            ReconcileCommand.helpMessage(columns: 100) + "\n", equals: "help/reconcile.txt", testFile: testFile)
    }

    @Test(arguments: commands.map { $0.configuration.commandName ?? "" })
    func `each command explains itself`(name: String) throws {
        let command = try #require(Self.commands.first { $0.configuration.commandName == name })
        try Snapshot.expect(
            ReconcileCommand.helpMessage(for: command, columns: 100) + "\n", equals: "help/\(name).txt",
            testFile: testFile)
    }

    @Test(arguments: [CompletionShell.bash, .zsh, .fish].map(\.rawValue))
    func `shells can complete the commands`(shell: String) throws {
        let shell = try #require(CompletionShell(rawValue: shell))
        let script = ReconcileCommand.completionScript(for: shell)
        for command in Self.commands { #expect(script.contains(command.configuration.commandName ?? "?")) }
        #expect(script.contains("detailed-exitcode"))
    }

    @Test(arguments: [
        (["plan", "--parallelism", "2"], "parallelism"), (["apply", "--parallelism", "0"], "at least 1"),
        (["apply", "--timeout", "soon"], "soon"), (["apply", "--target", "web"], "web"),
        (["plan", "-v", "tag"], "tag"),
        (["deploy"], "deploy"), (["apply", "plan.json", "--env", "production"], "a saved plan has its"),
        (["apply", "plan.json", "-f", "shop"], "--file"), (["graph", "-o", "json"], "-o"),
    ])
    func `wrong usage is told`(arguments: [String], mentioned: String) {
        let error = #expect(throws: (any Error).self) { try ReconcileCommand.parseAsRoot(arguments) }
        guard let error else { return }
        #expect(ReconcileCommand.message(for: error).contains(mentioned))
        #expect(ReconcileCommand.exitCode(for: error).rawValue == ExitStatus.usage.rawValue)
    }
}
