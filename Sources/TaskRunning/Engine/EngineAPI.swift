import FoundationEssentials
import NIOCore
import NIOHTTP1

/// The operations of a container engine, with their JSON.
struct EngineAPI: Sendable {
    var client: EngineClient

    func information() async throws(EngineError) -> EngineInformation {
        try await value(of: EngineRequest(.GET, "/info"), timeout: .seconds(5))
    }

    /// Whether the image is on this machine.
    func hasImage(_ image: String) async throws(EngineError) -> Bool {
        do {
            try await done(EngineRequest(.GET, "/images/\(image)/json"))
            return true
        } catch .refused(status: 404, _) {
            return false
        }
    }

    /// Fetches an image from its registry.
    func pull(_ image: ImageReference) async throws(EngineError) {
        let request = EngineRequest(
            .POST, "/images/create",
            query: [("fromImage", image.name), ("tag", image.digest ?? image.tag ?? "latest")])
        var progress = LineSplitter()
        var lines: [String] = []
        let status = try await client.stream(request, timeout: nil) { bytes in
            lines += progress.lines(adding: bytes.readableBytesView)
        }
        lines += [progress.rest()].compactMap { $0 }
        // A failure while it fetches is told after the status.
        let failure = lines.compactMap { try? JSONDecoder().decode(EngineRefusal.self, from: Data($0.utf8)) }.last
        if status.code >= 400 || failure != nil {
            throw .refused(status: Int(status.code), message: failure?.message ?? status.reasonPhrase)
        }
    }

    /// - Returns: the container's id.
    func create(_ container: EngineContainer, name: String) async throws(EngineError) -> String {
        let request = EngineRequest(
            .POST, "/containers/create", query: [("name", name)], body: try Self.encode(container))
        let created: EngineCreated = try await value(of: request, timeout: .seconds(60))
        return created.id
    }

    func start(_ id: String) async throws(EngineError) {
        try await done(EngineRequest(.POST, "/containers/\(id)/start"), timeout: .seconds(60))
    }

    /// - Parameter id: a container's id or name.
    func inspect(_ id: String) async throws(EngineError) -> EngineInspection {
        try await value(of: EngineRequest(.GET, "/containers/\(id)/json"))
    }

    /// The containers with a label of this value, also those that have ended.
    func containers(label: String, _ value: String) async throws(EngineError) -> [EngineListing] {
        let filters = try Self.encode(["label": ["\(label)=\(value)"]])
        let query = [("all", "1"), ("filters", String(decoding: filters, as: UTF8.self))]
        return try await self.value(of: EngineRequest(.GET, "/containers/json", query: query))
    }

    func stop(_ id: String, grace: Duration) async throws(EngineError) {
        let seconds = max(0, grace.components.seconds + (grace.components.attoseconds > 0 ? 1 : 0))
        let request = EngineRequest(.POST, "/containers/\(id)/stop", query: [("t", String(seconds))])
        try await done(request, timeout: .seconds(seconds + 30))
    }

    /// Removes a container with its volumes, whatever it does; also when it is not there.
    func remove(_ id: String) async throws(EngineError) {
        do {
            let query = [("force", "1"), ("v", "1")]
            try await done(EngineRequest(.DELETE, "/containers/\(id)", query: query), timeout: .seconds(60))
        } catch .refused(status: 404, _) {}
    }

    /// Waits until the container has ended.
    func wait(_ id: String) async throws(EngineError) {
        try await done(EngineRequest(.POST, "/containers/\(id)/wait"), timeout: nil)
    }

    /// Shows `receive` what the container writes, until it has ended.
    ///
    /// - Parameter since: in seconds since 1970.
    func logs(of id: String, since: Double, receive: (EngineLogs.Line) -> Void) async throws(EngineError) {
        let query = [
            ("follow", "1"), ("stdout", "1"), ("stderr", "1"), ("timestamps", "1"), ("since", String(since)),
        ]
        var logs = EngineLogs()
        let request = EngineRequest(.GET, "/containers/\(id)/logs", query: query)
        let status = try await client.stream(request, timeout: nil) { bytes in
            for line in logs.lines(adding: bytes) { receive(line) }
        }
        if status.code >= 400 { throw .refused(status: Int(status.code), message: status.reasonPhrase) }
    }

    /// Runs a command inside, and returns its exit status; `nil` when the engine does not tell.
    func execute(_ command: [String], in id: String, timeout: Duration) async throws(EngineError) -> Int? {
        let deadline = ContinuousClock.now + timeout
        let create = EngineRequest(
            .POST, "/containers/\(id)/exec", body: try Self.encode(EngineCommand(arguments: command)))
        let created: EngineCreated = try await value(of: create)
        let start = EngineRequest(
            .POST, "/exec/\(created.id)/start", body: try Self.encode(["Detach": false, "Tty": false]))
        // The answer is the command's output, and ends with the command.
        try await done(start, timeout: TimeAmount(deadline - .now))
        let outcome: EngineCommandOutcome = try await value(of: EngineRequest(.GET, "/exec/\(created.id)/json"))
        return outcome.exitCode
    }

    @discardableResult
    private func done(
        _ request: EngineRequest, timeout: TimeAmount? = .seconds(30)
    ) async throws(EngineError) -> ByteBuffer {
        var body = ByteBuffer()
        let status = try await client.stream(request, timeout: timeout) { body.writeImmutableBuffer($0) }
        guard status.code >= 400 else { return body }
        let refusal = try? JSONDecoder().decode(EngineRefusal.self, from: Data(body.readableBytesView))
        throw .refused(status: Int(status.code), message: refusal?.message ?? status.reasonPhrase)
    }

    private func value<Value: Decodable>(
        of request: EngineRequest, timeout: TimeAmount = .seconds(30)
    ) async throws(EngineError) -> Value {
        let body = try await done(request, timeout: timeout)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
        } catch {
            throw .unintelligible(reason: "\(error)")
        }
    }

    private static func encode(_ value: some Encodable) throws(EngineError) -> Data {
        do {
            return try JSONEncoder().encode(value)
        } catch {
            throw .unintelligible(reason: "\(error)")
        }
    }
}
