import FoundationEssentials

/// Reading YAML, the best of rounds that take turns, beside the C library that it is read with.
extension Bench {
    func parseRows() throws -> [Row] {
        say("reading YAML")
        let file = directory.appending(path: "manifests.yaml")
        _ = try job("generate-text", directory, "2000000", "manifests.yaml").run()
        let loop = MeasuredProgram(path: directory.appending(path: "event_loop").path, arguments: [file.path, "40"])
        var ours = 0.0
        var theirs = 0.0
        for _ in 0..<5 {
            ours = max(ours, try job("parse", file, "40").run().numbers[0])
            // `28266 documents, 994021 nodes, 74.9 MB/s`
            theirs = max(theirs, try loop.run().output.split(separator: " ").compactMap { Double($0) }.last ?? 0)
        }
        return [
            Row(
                measure: "YAML read, CPU", ours: "\(ours.short) MB/s",
                peer: "bare libyaml \(theirs.short) MB/s", ratio: "\((ours / theirs * 100).short) %",
                aim: ("≥ 80 %", ours >= 0.8 * theirs))
        ]
    }
}
