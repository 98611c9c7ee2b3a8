import FoundationEssentials
import Glibc

/// The pipe that a container writes to, which has a name in the file system.
///
/// It outlives the program that reads it, because the writer holds both of its ends: nothing that was written is lost
/// when the reader starts again, and the writer is not ended by a pipe without reader. It waits while the pipe is
/// full.
struct OutputPipe: Sendable {
    private let descriptor: Int32
    private var lines = LineSplitter()

    /// Makes the pipe anew, in a directory that is made too.
    static func create(at path: String) throws(SpawnError) -> OutputPipe {
        let directory = URL(filePath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        unlink(path)
        guard mkfifo(path, S_IRUSR | S_IWUSR) == 0 else { throw SpawnError(program: path, code: errno) }
        return try OutputPipe(openingAt: path)
    }

    init(openingAt path: String) throws(SpawnError) {
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw SpawnError(program: path, code: errno) }
    }

    /// The lines written since the last time; of a lot at most a mebibyte, so that nobody else waits long.
    mutating func newLines() -> [String] {
        var result: [String] = []
        for _ in 0..<16 {
            let bytes = read()
            guard !bytes.isEmpty else { break }
            result += lines.lines(adding: bytes)
        }
        return result
    }

    /// What is left when the writer has ended: a pipe holds less than a mebibyte. Then closes it.
    mutating func finish() -> [String] {
        defer { close(descriptor) }
        return newLines() + [lines.rest()].compactMap { $0 }
    }

    private func read() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}
