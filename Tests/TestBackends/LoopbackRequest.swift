import Dispatch

/// A request to a server on the loopback interface.
///
/// It is independent of the HTTP client under test, and speaks HTTP/1.0 so that an answer ends with its connection.
package struct LoopbackRequest: Sendable {
    package var method: String
    package var port: Int
    package var path: String
    /// What the request says it is for; a load balancer is chosen by it.
    package var host: String?
    package var body: String

    package struct Answer: Sendable, Equatable {
        package var status: Int
        package var body: String
    }

    package struct NotHTTP: Error {
        package var received: String
    }

    package init(_ method: String = "GET", port: Int, path: String = "/", host: String? = nil, body: String = "") {
        self.method = method
        self.port = port
        self.path = path
        self.host = host
        self.body = body
    }

    /// - Throws: a `POSIXError` where nothing listens or nothing is answered for ten seconds; ``NotHTTP``.
    package func send() async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try sendAndWait() })
            }
        }
    }

    private func sendAndWait() throws -> Answer {
        let socket = try TCPSocket()
        try socket.connect(port: port, timeout: 10)
        let head = [
            "\(method) \(path) HTTP/1.0", "Host: \(host ?? "127.0.0.1:\(port)")", "Content-Type: text/plain",
            "Content-Length: \(body.utf8.count)", "", "",
        ]
        try socket.write(Array((head.joined(separator: "\r\n") + body).utf8))
        let received = String(decoding: try socket.readToEnd(), as: UTF8.self)
        guard let end = received.firstRange(of: "\r\n\r\n"), received.hasPrefix("HTTP/1."),
            let status = received.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap({ Int($0) })
        else { throw NotHTTP(received: received) }
        return Answer(status: status, body: String(received[end.upperBound...]))
    }
}
