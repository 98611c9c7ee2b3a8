import Foundation

/// A request to a server on the loopback interface.
///
/// It is independent of the HTTP client under test, and speaks HTTP/1.0 so that an answer ends with its connection.
package struct LoopbackRequest: Sendable {
    package var method: String
    /// Of this machine.
    package var address: String
    package var port: Int
    package var path: String
    /// What the request says it is for; a load balancer is chosen by it.
    package var host: String?
    package var headers: [String: String]
    package var body: String

    package struct Answer: Sendable, Equatable {
        package var status: Int
        package var headers: [Header] = []
        package var body: String

        /// The values of a header, whose name may be written in any case.
        package func values(_ name: String) -> [String] {
            headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        }
    }

    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String
    }

    package struct NotHTTP: Error {
        package var received: String
    }

    package init(
        _ method: String = "GET", address: String = "127.0.0.1", port: Int, path: String = "/", host: String? = nil,
        body: String = "", headers: [String: String] = [:]
    ) {
        self.method = method
        self.address = address
        self.port = port
        self.path = path
        self.host = host
        self.headers = headers
        self.body = body
    }

    /// - Throws: a `POSIXError` where nothing listens or nothing is answered for ten seconds; ``NotHTTP``.
    package func send() async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: it may wait for long.
            Thread.detachNewThread {
                continuation.resume(with: Result { try sendAndWait() })
            }
        }
    }

    private func sendAndWait() throws -> Answer {
        let socket = try TCPSocket()
        try socket.connect(address, port: port, timeout: 10)
        let fields = headers.merging([
            "Host": host ?? "\(address):\(port)", "Content-Type": "text/plain", "Content-Length": "\(body.utf8.count)",
            "Connection": "close",
        ]) { given, _ in given }
        let head = ["\(method) \(path) HTTP/1.0"] + fields.map { "\($0): \($1)" } + ["", ""]
        try socket.write(Array((head.joined(separator: "\r\n") + body).utf8))
        let received = String(decoding: try socket.readToEnd(), as: UTF8.self)
        guard let end = received.firstRange(of: "\r\n\r\n"), received.hasPrefix("HTTP/1."),
            let status = received.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap({ Int($0) })
        else { throw NotHTTP(received: received) }
        let lines = received[..<end.lowerBound].split(separator: "\r\n").dropFirst()
        let headers = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            return Header(name: parts[0], value: parts.last?.trimmingPrefix(" ").description ?? "")
        }
        return Answer(status: status, headers: headers, body: String(received[end.upperBound...]))
    }
}
