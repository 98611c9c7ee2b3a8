package import ArgumentParser
import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

package struct LocalLogsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Show what the local cloud did, and what its tasks printed.")

    @Flag(help: "Go on with what is added, until Ctrl-C.")
    package var follow = false

    @Option(help: ArgumentHelp("How many of the last lines.", valueName: "n"))
    package var tail = 100

    @OptionGroup package var manifests: ManifestOptions
    @OptionGroup package var colours: ColourOptions

    package init() {}

    package mutating func validate() throws {
        guard tail >= 0 else { throw ValidationError("--tail must be at least 0") }
    }

    package func run() async throws {
        try await reportingFailures(colours) {
            let path = try LocalCloudPlace(manifests).logFile
            guard let file = LogFile(path: path) else {
                throw SettingUpError("there is no log at \(path)", help: ["start the local cloud: reconcile local up"])
            }
            for line in file.lastLines(tail) { Console.line(line) }
            while follow {
                Console.write(file.more())
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}

/// A file that another process adds to.
private final class LogFile {
    private let handle: UnsafeMutablePointer<FILE>

    init?(path: String) {
        guard let handle = fopen(path, "re") else { return nil }
        self.handle = handle
    }

    deinit {
        fclose(handle)
    }

    /// What has been added since the last time.
    func more() -> String {
        clearerr(handle)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, handle), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    func lastLines(_ count: Int) -> [String] {
        more().split(separator: "\n").suffix(count).map(String.init)
    }
}
