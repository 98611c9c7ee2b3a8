import FoundationEssentials
import Glibc

/// A program to run, and to measure from outside.
struct MeasuredProgram {
    var path: String
    var arguments: [String]
    /// Added to what this process has.
    var environment: [String: String] = [:]

    /// What one run took.
    struct Run {
        var seconds: Double
        /// The greatest resident set of the program or of one it waited for, in bytes.
        var peakMemory: Int
        var output: String
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The run of median time. Of the memory too: it hardly differs from run to run.
    func median(of runs: Int) throws -> Run {
        let sorted = try (0..<runs).map { _ in try run() }.sorted { $0.seconds < $1.seconds }
        return sorted[runs / 2]
    }

    /// Runs it to its end.
    ///
    /// The kernel counts the memory of the process that starts another as the other's, up to the moment when its
    /// program begins: this process must stay small, so everything big happens in programs that it runs.
    /// - Throws: ``Failure`` when it cannot be run, or does not end well.
    func run() throws -> Run {
        let log = FileManager.default.temporaryDirectory.appending(path: "reconcile-bench-\(getpid()).log")
        defer { try? FileManager.default.removeItem(at: log) }
        let start = ContinuousClock.now
        let process = try spawn(log: log.path)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw Failure(description: "cannot wait for \(path)") }
        }
        let duration = ContinuousClock.now - start
        let output = String(decoding: try Data(contentsOf: log), as: UTF8.self)
        guard status == 0 else {
            throw Failure(description: "\(path) \(arguments.joined(separator: " ")) failed:\n\(output.suffix(2_000))")
        }
        return Run(seconds: duration / .seconds(1), peakMemory: usage.ru_maxrss << 10, output: output)
    }

    /// Its output and errors go to the log.
    private func spawn(log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
        var process = pid_t()
        let error = withCStrings([path] + arguments) { arguments in
            withCStrings(all) { posix_spawn(&process, path, &actions, nil, arguments, $0) }
        }
        guard error == 0 else { throw Failure(description: "cannot run \(path): \(String(cString: strerror(error)))") }
        return process
    }
}

/// Lends C strings in an array that ends with null.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("there is always the null at the end") }
        return body(base)
    }
}
