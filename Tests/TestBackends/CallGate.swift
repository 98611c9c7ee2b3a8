import Foundation
import Glibc
import Synchronization

/// Stands between a client and an AWS API, and shows every call that changes something at the moments at which the client
/// may be killed.
package final class CallGate: Sendable {
    package enum Moment: Sendable, Hashable, CaseIterable {
        /// The call has been sent, and has not arrived.
        case sent
        /// It has been carried out, and is not answered.
        case carriedOut
        /// The answer is with the client.
        case answered
    }

    package struct Call: Sendable {
        /// `ecs:CreateService`
        package var name: String
        /// Which it is of those that change something, from 1.
        package var number: Int
    }

    /// Sees each moment of each call; `false` ends the client's connection there.
    package typealias Watch = @Sendable (Call, Moment) -> Bool

    private struct State: Sendable {
        var isOpen = true
        var changes = 0
    }

    /// Where clients are to call.
    private let access: AWSAccess
    private let endpoint: Int
    private let watch: Watch
    private let state = Mutex(State())

    /// Opens a gate before `access` for as long as `body` runs.
    package static func run<Result: Sendable>(
        before access: AWSAccess, _ watch: @escaping Watch, _ body: (AWSAccess) async throws -> Result
    ) async throws -> Result {
        let socket = try TCPSocket()
        let port = try socket.bindToFreeLoopbackPort()
        try socket.listen()
        let gate = CallGate(before: access, at: port, watch)
        let door = Connection(socket)
        Thread.detachNewThread { gate.admit(from: door) }
        defer { gate.state.withLock { $0.isOpen = false } }
        return try await body(gate.access)
    }

    private init(before access: AWSAccess, at port: Int, _ watch: @escaping Watch) {
        endpoint = access.port
        self.access = AWSAccess(
            port: port, accessKeyID: access.accessKeyID, secretAccessKey: access.secretAccessKey,
            region: access.region)
        self.watch = watch
    }

    /// For as long as a thread has it.
    private final class Connection: Sendable {
        let socket: TCPSocket

        init(_ socket: consuming TCPSocket) { self.socket = socket }
    }

    private func admit(from door: Connection) {
        while state.withLock({ $0.isOpen }) {
            guard let socket = door.socket.accept(within: 0.1) else { continue }
            let client = Connection(socket)
            Thread.detachNewThread { try? self.serve(client.socket) }
        }
    }

    private func serve(_ client: borrowing TCPSocket) throws {
        var received: [UInt8] = []
        while let request = try client.readMessage(&received) {
            let call = Self.change(in: request).map { name in
                Call(
                    name: name,
                    number: state.withLock {
                        $0.changes += 1; return $0.changes
                    })
            }
            func goesOn(_ moment: Moment) -> Bool { call.map { watch($0, moment) } ?? true }
            guard goesOn(.sent) else { return }
            let server = try TCPSocket()
            try server.connect(port: endpoint, timeout: 60)
            try server.write(request)
            var rest: [UInt8] = []
            guard let answer = try server.readMessage(&rest), goesOn(.carriedOut) else { return }
            try client.write(answer)
            guard goesOn(.answered) else { return }
        }
    }

    /// The name of a call that changes something.
    private static func change(in request: [UInt8]) -> String? {
        let text = String(decoding: request, as: UTF8.self)
        let name: Substring
        let service: String
        if let target = text.firstMatch(of: /(?i)x-amz-target: *[a-z0-9]+_[0-9]+\.([a-z]+)/)?.1 {
            (service, name) = ("ecs", target)
        } else if let action = text.firstMatch(of: /Action=([A-Za-z]+)/)?.1 {
            (service, name) = (text.contains("Version=2015-12-01") ? "elbv2" : "ec2", action)
        } else {
            return nil
        }
        return ["Describe", "List", "Get"].contains(where: name.hasPrefix) ? nil : "\(service):\(name)"
    }
}

extension TCPSocket {
    /// A message of HTTP/1.1 whose length its head tells; `nil` at the end of the connection.
    fileprivate borrowing func readMessage(_ received: inout [UInt8]) throws -> [UInt8]? {
        while true {
            if let length = Self.length(of: received), received.count >= length {
                defer { received.removeFirst(length) }
                return Array(received[..<length])
            }
            let more = try read()
            if more.isEmpty { return nil }
            received += more
        }
    }

    private static func length(of message: [UInt8]) -> Int? {
        guard let end = message.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return nil }
        let head = String(decoding: message[..<end], as: UTF8.self)
        return end + (head.firstMatch(of: /(?i)\r\ncontent-length: *([0-9]+)/).flatMap { Int($0.1) } ?? 0)
    }
}
