import FoundationEssentials

/// Reading YAML, beside the C library that it is read with.
extension Bench {
    func parseRows() throws -> [Row] {
        let megabytes = isQuick ? 1 : 10
        say("reading \(megabytes) MB of YAML")
        let file = directory.appending(path: "manifests.yaml")
        _ = try job("generate-text", directory, "\(megabytes)000000", "manifests.yaml").run()
        let loop = MeasuredProgram(
            path: directory.appending(path: "event_loop").path, arguments: [file.path, "\(runs)"])
        let ours = try job("parse", file, "\(runs)").run().numbers[0]
        let output = try loop.run().output
        guard let word = output.split(separator: " ").dropLast().last, let theirs = Double(word) else {
            throw MeasuredProgram.Failure(description: "event_loop said \(output)")
        }
        return [
            Row(
                measure: "YAML of manifests read, by processor time", ours: "\(ours.short) MB/s",
                peer: "bare libyaml in C \(theirs.short) MB/s", ratio: "\((ours / theirs * 100).short) %",
                aim: ("≥ 80 %", ours >= 0.8 * theirs))
        ]
    }
}
