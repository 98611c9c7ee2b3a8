import FoundationEssentials

/// A plan with nothing to do.
extension Bench {
    func planRows() throws -> [Row] {
        var ours: [MeasuredProgram.Run] = []
        var rows: [Row] = []
        for size in sizes {
            say("planning \(size.grouped) resources")
            try prepare(size)
            let run = try job("plan", folder(size)).median(of: runs)
            ours.append(run)
            rows += compare(run, with: try terraform.map { try plan(size, with: $0) }, size)
        }
        return rows + [linearity("plan", zip(sizes, ours.map(\.seconds)).map { ($0, $1) })]
    }

    /// Writes the manifests and the state; the applying is measured elsewhere.
    private func prepare(_ size: Int) throws {
        try? FileManager.default.removeItem(at: folder(size))
        _ = try job("generate", folder(size), "\(size)", terraform?.version ?? "").run()
        _ = try job("record", folder(size)).run()
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
            measure: "plan of \(size.grouped), nothing to do: time",
            ours: "\(ours.seconds.short) s, \(perResource.short) µs each", peer: Self.notInstalled("terraform"))
        var memory = Row(
            measure: "plan of \(size.grouped), nothing to do: memory", ours: ours.peakMemory.mebibytes,
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

    /// The time of one resource among the most, to that among a tenth as many.
    func linearity(_ measure: String, _ times: [(size: Int, seconds: Double)]) -> Row {
        let each = times.map { $0.seconds / Double($0.size) * 1e6 }
        let sizes = times.map { $0.size.grouped }.joined(separator: " / ")
        var row = Row(
            measure: "\(measure) of \(sizes): time of one", ours: each.map(\.short).joined(separator: " / ") + " µs",
            peer: "")
        if each.count > 1 {
            let growth = each[each.count - 1] / each[each.count - 2]
            row.ratio = "\(growth.short) × from the last but one to the last"
            row.aim = ("≤ 1.3 ×", growth <= 1.3)
        }
        return row
    }

    static func notInstalled(_ name: String) -> String { "\(name) is not installed" }
}
