import Foundation
import TestBackends
import TestSupport
import Testing

@Suite(.tags(.medium))
struct ProgramTests {
    private let shell = URL(fileURLWithPath: "/bin/sh")

    @Test("A program leaves its status, its output and its errors")
    func outcome() async throws {
        let outcome = try await Program(shell, ["-c", "echo out; echo err >&2; exit 65"]).run()
        #expect(outcome.status == 65)
        #expect(outcome.output == "out\n")
        #expect(outcome.errors == "err\n")
    }

    @Test("A program inherits nothing of the environment")
    func environment() async throws {
        let outcome = try await Program(shell, ["-c", "echo $HOME-$GREETING"], environment: ["GREETING": "hi"]).run()
        #expect(outcome.output == "-hi\n")
    }

    @Test("A program can be killed at the line that matters, and none of its lines is lost")
    func kill() async throws {
        let script = "for n in 1 2 3; do echo line $n; done; exec tail -f /dev/null"
        let program = Program(shell, ["-c", script], environment: ["PATH": Program.searchPath])
        let outcome = try await program.run { line, running in
            if line == "line 3" { try running.kill() }
        }
        #expect(outcome.status == 128 + 9)
        #expect(outcome.output == "line 1\nline 2\nline 3\n")
    }

    @Test("A temporary directory is gone afterwards, also after an error")
    func temporaryDirectory() async throws {
        struct Interruption: Error {
            var directory: URL
        }
        let interruption = await #expect(throws: Interruption.self) {
            try await withTemporaryDirectory { directory in
                #expect(FileManager.default.fileExists(atPath: directory.path))
                throw Interruption(directory: directory)
            }
        }
        let directory = try #require(interruption?.directory)
        #expect(!FileManager.default.fileExists(atPath: directory.path))
    }
}
