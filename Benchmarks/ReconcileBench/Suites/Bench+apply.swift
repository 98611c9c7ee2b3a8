/// Everything created, and everything deleted.
extension Bench {
    func applyRows() throws -> [Row] {
        var applies: [(size: Int, seconds: Double)] = []
        var destroys: [(size: Int, seconds: Double)] = []
        for size in sizes {
            say("applying and destroying \(size.grouped) resources")
            let times = try (0..<min(runs, 3)).map { _ in try job("apply", folder(size)).run().numbers }
            applies.append((size, times.map { $0[0] }.sorted()[times.count / 2]))
            destroys.append((size, times.map { $0[1] }.sorted()[times.count / 2]))
        }
        return [
            linearity("apply, state in memory, CPU", applies),
            linearity("destroy, state in memory, CPU", destroys),
        ]
    }
}

extension MeasuredProgram.Run {
    /// What a job printed, a number a line.
    var numbers: [Double] { output.split(separator: "\n").compactMap { Double($0) } }
}
