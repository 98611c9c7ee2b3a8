import AttributeTree
import FoundationEssentials
package import LocalCloud
import TaskRunning

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The process that runs the local cloud of a project: found again through its file, started when it is needed.
package struct LocalCloudProcess: Sendable {
    package let place: LocalCloudPlace

    package init(_ place: LocalCloudPlace) {
        self.place = place
    }

    /// How to reach it; `nil` when it does not run.
    package func running() async throws -> CloudConnection? {
        guard let connection = try CloudConnection.read(from: place.directory) else { return nil }
        return await ControlClient(connection).isAlive() ? connection : nil
    }

    /// Starts it unless it runs, and has it use the images of the environment.
    ///
    /// - Throws: ``SettingUpError`` with the end of its log when it does not start.
    package func ensureRunning() async throws -> (connection: CloudConnection, isNew: Bool) {
        let found = try await running()
        let connection: CloudConnection
        if let found { connection = found } else { connection = try await start() }
        try await ControlClient(connection).send("PUT", "images", ["images": .list(place.imageMappings)])
        return (connection, found == nil)
    }

    private func start() async throws -> CloudConnection {
        try FileManager.default.createDirectory(atPath: place.directory, withIntermediateDirectories: true)
        var arguments = [
            try programPath(), "local", "serve", "--directory", place.directory, "--home", place.home,
        ]
        if let region = place.region { arguments += ["--region", region] }
        let process = try launch(arguments)
        let deadline = ContinuousClock.now + Self.patience
        var hasEnded = false
        while ContinuousClock.now < deadline {
            if let connection = try await running() { return connection }
            // Another command may have started one at the same time: then this one has ended, and that one answers.
            if !hasEnded, waitpid(process, nil, WNOHANG) != 0 { hasEnded = true } else if hasEnded, !isHeld { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw SettingUpError(
            "the local cloud did not start",
            help: logTail().map { "its log ends with: \($0)" } + ["the whole log is in \(place.logFile)"])
    }

    /// Starts a program that goes on when this one ends, and that Ctrl-C here does not reach.
    private func launch(_ arguments: [String]) throws -> pid_t {
        let file = open(place.logFile, O_WRONLY | O_CREAT, 0o600)
        if file >= 0 { close(file) }
        do {
            return try spawn(
                arguments, environment: ProcessInfo.processInfo.environment, output: place.logFile)
        } catch {
            throw SettingUpError("the local cloud cannot be started: \(error.reason)")
        }
    }

    /// Whether some process has the directory, and perhaps has not said yet how to reach it.
    private var isHeld: Bool { CloudStore.holder(ofDirectory: place.directory) != nil }

    /// Ends it, with everything it runs. Does nothing when it does not run.
    ///
    /// - Returns: Whether there was one.
    package func stop() async throws -> Bool {
        guard let connection = try await running() else { return false }
        try await ControlClient(connection).send("POST", "shutdown")
        let deadline = ContinuousClock.now + Self.patience
        while isHeld {
            guard ContinuousClock.now < deadline else {
                throw SettingUpError(
                    "the local cloud does not end: process \(connection.pid)", help: ["see \(place.logFile)"])
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return true
    }

    /// Removes what it keeps, so that the next start begins with an empty cloud. It must not be running.
    package func forget() throws {
        guard FileManager.default.fileExists(atPath: place.directory) else { return }
        try FileManager.default.removeItem(atPath: place.directory)
    }

    /// Its last lines.
    private func logTail() -> [String] {
        guard let content = FileManager.default.contents(atPath: place.logFile) else { return [] }
        return String(decoding: content.suffix(2000), as: UTF8.self).split(separator: "\n").suffix(2).map(String.init)
    }

    /// To start, and to end with all its tasks.
    private static let patience = Duration.seconds(60)
}

extension CloudConnection {
    /// The variables that AWS's tools go by.
    package var environment: [String: String] {
        [
            "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": region, "AWS_DEFAULT_REGION": region,
            "AWS_ACCESS_KEY_ID": accessKeyID, "AWS_SECRET_ACCESS_KEY": secretAccessKey,
        ]
    }
}

extension LocalCloudPlace {
    /// As the control endpoint takes them.
    fileprivate var imageMappings: [AttributeValue] {
        images.sorted { $0.key < $1.key }.map { ["pattern": .string($0.key), "command": .string($0.value)] }
    }
}

/// The file of this program, whatever name it was called by.
func programPath() throws -> String {
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
        throw SettingUpError("the program does not know where its own file is")
    }
    return path
}
