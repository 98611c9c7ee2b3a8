package import AttributeTree
package import Foundation
import TestSupport

/// The project's own local cloud, as any AWS client sees it: its program, run as a server.
///
/// Tasks are processes, or containers where it is given an engine. Its time may run faster than ours, so that what AWS
/// takes minutes for takes seconds.
package struct LocalEndpoint: Sendable {
    package var access: AWSAccess
    /// What its control endpoint asks for.
    package var token: String
    /// How far above its own a listener's port below 1024 is.
    package var portShift: Int
    package var aws: AWSCLI { AWSCLI(access) }

    /// Starts an empty one in a directory of its own, and ends it after `body`.
    package static func run<Result: Sendable>(
        clockRate: Double = 1, engine: ContainerEngine? = nil, _ body: (LocalEndpoint) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { directory in
            try await run(in: directory.appending(path: "cloud"), clockRate: clockRate, engine: engine, body)
        }
    }

    /// Starts the one that is kept in a directory, and ends it after `body`.
    ///
    /// - Parameter clockRate: how many of its seconds a real one has.
    package static func run<Result: Sendable>(
        in directory: URL, clockRate: Double = 1, engine: ContainerEngine? = nil,
        _ body: (LocalEndpoint) async throws -> Result
    ) async throws -> Result {
        var command = [
            CommandLineTool.executable.path, "local", "serve", "--directory", directory.path,
            "--clock-rate", "\(clockRate)",
        ]
        if engine == nil { command.append("--processes") }
        return try await BackgroundServer.run(
            command, environment: ["DOCKER_HOST": engine?.host ?? ""],
            // One that was killed has left its file behind.
            isReady: { await (try? read(directory))?.answers() ?? false }
        ) {
            try await body(read(directory))
        }
    }

    private func answers() async -> Bool {
        (try? await LoopbackRequest(port: access.port, path: "/_local/health").send().status) == 200
    }

    /// The process that runs it.
    package var processID: Int {
        get async throws { try await control("GET", "health")["pid"]?.intValue ?? 0 }
    }

    /// What it says of itself when it is ready.
    private static func read(_ directory: URL) throws -> LocalEndpoint {
        let file = try Data(contentsOf: directory.appending(path: "cloud.json"))
        let said = try AttributeValue(json: [UInt8](file))
        guard let port = said["endpoint"]?.stringValue.flatMap(URL.init(string:))?.port,
            let accessKeyID = said["accessKeyID"]?.stringValue, let secret = said["secretAccessKey"]?.stringValue,
            let region = said["region"]?.stringValue, let token = said["token"]?.stringValue
        else { throw CocoaError(.fileReadCorruptFile) }
        return LocalEndpoint(
            access: AWSAccess(port: port, accessKeyID: accessKeyID, secretAccessKey: secret, region: region),
            token: token, portShift: said["portShift"]?.intValue ?? 0)
    }

    /// What a load balancer answers to a GET request.
    ///
    /// - Parameters:
    ///   - dnsName: the load balancer's, as DescribeLoadBalancers gives it: an address of this machine.
    ///   - port: of the listener.
    ///   - host: what the request says it is for; by default the load balancer.
    package func get(
        _ path: String = "/", from dnsName: String, port: Int = 80, host: String? = nil, headers: [String: String] = [:]
    ) async throws -> LoopbackRequest.Answer {
        try await LoopbackRequest(
            address: dnsName, port: port < 1024 ? port + portShift : port, path: path, host: host ?? dnsName,
            headers: headers
        ).send()
    }

    /// Asks its control endpoint.
    ///
    /// - Parameter path: what follows `/_local/`.
    @discardableResult
    package func control(_ method: String, _ path: String, _ body: AttributeValue? = nil) async throws -> AttributeValue
    {
        let answer = try await LoopbackRequest(
            method, port: access.port, path: "/_local/\(path)", body: body?.jsonText() ?? "",
            headers: ["Authorization": "Bearer \(token)"]
        ).send()
        guard answer.status == 200 else { throw LoopbackRequest.NotHTTP(received: "\(answer.status): \(answer.body)") }
        return answer.body.isEmpty ? .null : try AttributeValue(json: answer.body)
    }
}
