import Diagnostics
import FoundationEssentials
import YAML

/// Reads a file of YAML as often as it is told.
enum ParseJob {
    /// Prints the megabytes (10^6 bytes) per second of processor time of the best round: as `event_loop` does.
    static func run(file: URL, rounds: Int) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        var best = Double.infinity
        for _ in 0..<rounds {
            let start = CPUClock.seconds
            let read = YAMLReader().read(SourceText(file: file.path, bytes: bytes))
            best = min(best, CPUClock.seconds - start)
            guard read.isComplete else { throw MeasuredProgram.Failure(description: "\(file.path) could not be read") }
        }
        print(Double(bytes.count) / 1e6 / best)
    }
}
