import FoundationEssentials

/// A plan with nothing to do.
extension Bench {
    func planRows() throws -> [Row] {
        var plans: [(size: Int, seconds: Double)] = []
        var records: [(size: Int, seconds: Double)] = []
        var rows: [Row] = []
        for size in sizes {
            say("recording and planning \(size.grouped) resources")
            try? FileManager.default.removeItem(at: folder(size))
            _ = try job("generate", folder(size), "\(size)", terraform?.version ?? "").run()
            records.append((size, try job("record", folder(size)).run().numbers[0]))
            let run = try job("plan", folder(size)).median(of: runs)
            plans.append((size, run.seconds))
            rows += compare(run, with: try terraform.map { try plan(size, with: $0) }, size)
        }
        return rows + [linearity("empty plan", plans), linearity("apply, state on the disk", records)]
    }

    private func plan(_ size: Int, with terraform: Terraform) throws -> MeasuredProgram.Run {
        let there = "-chdir=" + folder(size).appending(path: "terraform").path
        _ = try terraform(there, "init", "-input=false").run()
        return try terraform(there, "plan", "-input=false", "-lock=false", "-detailed-exitcode")
            .median(of: size < 10_000 ? min(runs, 3) : 1)
    }

    private func compare(_ ours: MeasuredProgram.Run, with theirs: MeasuredProgram.Run?, _ size: Int) -> [Row] {
        let perResource = ours.seconds / Double(size) * 1e6
        var time = Row(
            measure: "empty plan of \(size.grouped): time",
            ours: "\(ours.seconds.short) s, \(perResource.short) µs each", peer: Self.notInstalled("terraform"))
        var memory = Row(
            measure: "empty plan of \(size.grouped): memory", ours: ours.peakMemory.mebibytes,
            peer: Self.notInstalled("terraform"))
        if let theirs {
            let faster = theirs.seconds / ours.seconds
            let smaller = Double(theirs.peakMemory) / Double(ours.peakMemory)
            time.peer = "terraform \(theirs.seconds.short) s"
            time.ratio = "\(faster.short) × faster"
            memory.peer = "terraform \(theirs.peakMemory.mebibytes)"
            memory.ratio = "\(smaller.short) × less"
            if size == 10_000 {
                time.aim = ("≥ 20 ×", faster >= 20)
                memory.aim = ("≥ 5 ×", smaller >= 5)
            }
        }
        return [time, memory]
    }

    /// The time of one resource among the most, to that among a tenth as many: sorting and what no longer fits the caches let it
    /// grow a little, anything quadratic tenfold.
    func linearity(_ measure: String, _ times: [(size: Int, seconds: Double)]) -> Row {
        let each = times.map { $0.seconds / Double($0.size) * 1e6 }
        var row = Row(
            measure: "\(measure): growth", ours: each.map(\.short).joined(separator: " / ") + " µs each", peer: "")
        if each.count > 1 {
            let growth = each[each.count - 1] / each[each.count - 2]
            row.ratio = "\(growth.short) × for 10 × as many"
            row.aim = ("≤ 2 ×", growth <= 2)
        }
        return row
    }

    static func notInstalled(_ name: String) -> String { "\(name) is not installed" }
}
