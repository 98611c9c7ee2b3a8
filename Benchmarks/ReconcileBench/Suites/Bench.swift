import FoundationEssentials
import ReconcileCLI

/// Runs everything that is measured, one thing after the other.
struct Bench {
    /// For what is generated; holds the program `event_loop`.
    let directory: URL
    /// `BENCH_QUICK` is set: smaller sizes and fewer runs.
    let isQuick: Bool
    let terraform: Terraform?

    init(directory: URL) {
        self.directory = directory
        let environment = ProcessInfo.processInfo.environment
        isQuick = environment["BENCH_QUICK"].map { !$0.isEmpty } ?? false
        terraform = Terraform(searchPath: environment["PATH"] ?? "", directory: directory)
    }

    func run() throws {
        let rows = try planRows() + applyRows() + parseRows() + startRows() + callRows()
        let beside = terraform.map { ", terraform \($0.version)" } ?? ""
        print("\n\(ProcessInfo.processInfo.activeProcessorCount) cores\(beside)\n\n\(Table(rows: rows).text)")
    }

    /// Resources.
    var sizes: [Int] { isQuick ? [100, 1_000] : [100, 1_000, 10_000] }
    var runs: Int { isQuick ? 1 : 5 }

    /// This program, for one thing.
    func job(_ name: String, _ directory: URL, _ arguments: String...) -> MeasuredProgram {
        MeasuredProgram(
            path: Self.products.appending(path: "reconcile-bench").path, arguments: [name, directory.path] + arguments)
    }

    /// The program that users get.
    func reconcile(_ arguments: String...) -> MeasuredProgram {
        MeasuredProgram(path: Self.products.appending(path: "reconcile").path, arguments: arguments)
    }

    func folder(_ size: Int) -> URL { directory.appending(path: "\(size)") }

    /// What is going on, for whoever waits.
    func say(_ text: String) {
        Console.line("bench: \(text)", to: .error)
    }

    private static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
}
