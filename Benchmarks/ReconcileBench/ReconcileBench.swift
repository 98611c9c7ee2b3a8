import FoundationEssentials

/// Measures and prints a table, or, started by itself, does one thing that is measured.
@main
enum ReconcileBench {
    static func main() async throws {
        var arguments = CommandLine.arguments.dropFirst()
        let job = arguments.popFirst() ?? ""
        let directory = URL(filePath: arguments.popFirst() ?? ".")
        let rest = Array(arguments)
        switch job {
        case "measure": try Bench(directory: directory).run()
        case "generate": try GenerateJob.run(count: number(rest[0]), directory: directory, terraformVersion: rest[1])
        case "generate-applications": try GenerateJob.run(applications: number(rest[0]), directory: directory)
        case "generate-text": try GenerateJob.run(bytes: number(rest[0]), file: rest[1], directory: directory)
        case "record": try await ApplyJob.record(directory: directory)
        case "apply": try await ApplyJob.run(directory: directory)
        case "plan": try await PlanJob.run(directory: directory)
        case "parse": try ParseJob.run(file: directory, rounds: number(rest[0]))
        default: throw MeasuredProgram.Failure(description: "usage: reconcile-bench measure DIRECTORY")
        }
    }

    private static func number(_ text: String) throws -> Int {
        guard let number = Int(text) else { throw MeasuredProgram.Failure(description: "\(text) is not a number") }
        return number
    }
}
