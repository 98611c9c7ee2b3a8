/// How long it takes to say something.
extension Bench {
    func startRows() throws -> [Row] {
        say("starting")
        let ours = try reconcile("version").median(of: 4 * runs).seconds
        var row = Row(
            measure: "start, to say the version", ours: "\((ours * 1e3).short) ms",
            peer: Self.notInstalled("terraform"))
        if let terraform {
            let theirs = try terraform("version").median(of: 4 * runs).seconds
            row.peer = "terraform \((theirs * 1e3).short) ms"
            row.ratio = "\((ours / theirs).short) ×"
            row.aim = ("≤ 0.333 ×", ours * 3 <= theirs)
        }
        return [row]
    }
}
