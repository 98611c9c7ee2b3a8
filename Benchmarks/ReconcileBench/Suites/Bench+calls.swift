import FoundationEssentials

/// The calls of a plan with nothing to do, counted by the server that answers them.
extension Bench {
    func callRows() throws -> [Row] {
        guard let python = Self.python else {
            return [Row(measure: "API calls of a plan", ours: "", peer: Self.notInstalled("moto"))]
        }
        return try (isQuick ? [1] : [1, 20, 100]).map { applications in
            say("counting the calls of a plan of \(applications) applications")
            let folder = directory.appending(path: "applications-\(applications)")
            try? FileManager.default.removeItem(at: folder)
            _ = try job("generate-applications", folder, "\(applications)").run()
            let count = MeasuredProgram(
                path: python, arguments: [Self.script, reconcile().path, folder.path])
            let calls = try count.run().numbers[0]
            var row = Row(
                measure: "API calls, plan of \(applications) × 6 resources",
                ours: "\(Int(calls))", peer: "", ratio: "\((calls / Double(applications)).short) each")
            if applications == 100 { row.aim = ("≤ 50", calls <= 50) }
            return row
        }
    }

    /// `make bench` runs at the root of the project.
    private static let script = FileManager.default.currentDirectoryPath + "/Benchmarks/count-calls.py"

    /// Of the virtual environment of the tests.
    private static var python: String? {
        let path = (ProcessInfo.processInfo.environment["RECONCILE_TEST_VENV"] ?? ".build/venv") + "/bin/python"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }
}
