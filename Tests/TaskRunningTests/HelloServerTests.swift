import Glibc
import Synchronization
import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.medium), .timeLimit(.minutes(2))) struct HelloServerTests {
    /// Gives `body` the port of a server, and a function that asks it to end; the server ends afterwards.
    private func withServer(
        _ environment: [String: String] = [:], _ body: (Int, @Sendable () -> Void) async throws -> Void
    ) async throws {
        let settings = try HelloSettings(environment: ["PORT": "0"].merging(environment) { $1 })
        let (ports, port) = AsyncStream<Int>.makeStream()
        let (ends, end) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await HelloServer.serve(settings) { line in
                    if let number = line.split(separator: ":").last.flatMap({ Int($0) }) { port.yield(number) }
                } until: {
                    for await _ in ends { return }
                }
            }
            let listening = try #require(await ports.first { _ in true })
            try await body(listening) { end.finish() }
            end.finish()
            try await group.waitForAll()
        }
    }

    struct Exchange: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var environment: [String: String] = [:]
        var request: String
        var status: String
        var body: String
    }

    @Test(arguments: [
        Exchange(
            testDescription: "the task and the version", environment: ["RECONCILE_LOCAL_TASK": "abc", "VERSION": "2"],
            request: "GET /", status: "200 OK", body: "Hello from task abc (version 2)\n"),
        Exchange(testDescription: "no body to HEAD", request: "HEAD /", status: "200 OK", body: ""),
        Exchange(testDescription: "its health", request: "GET /healthz?x=1", status: "200 OK", body: "ok\n"),
        Exchange(
            testDescription: "bad health when told to", environment: ["HELLO_HEALTH": "fail"], request: "GET /healthz",
            status: "500 Internal Server Error", body: "failing\n"),
        Exchange(
            testDescription: "any status to health checks", environment: ["HELLO_HEALTH": "204"],
            request: "GET /healthz", status: "204 No Content", body: ""),
        Exchange(testDescription: "404 elsewhere", request: "GET /x", status: "404 Not Found", body: "not found\n"),
        Exchange(
            testDescription: "405 to what it does not understand", request: "DELETE /",
            status: "405 Method Not Allowed", body: "only GET and HEAD\n"),
        Exchange(
            testDescription: "later when told to", environment: ["HELLO_DELAY_MS": "5"], request: "GET /healthz",
            status: "200 OK", body: "ok\n"),
    ])
    func itAnswers(_ exchange: Exchange) async throws {
        try await withServer(exchange.environment) { port, _ in
            let answer = try await RawConnection.answer(to: exchange.request, "127.0.0.1", port)
            #expect(answer.hasPrefix("HTTP/1.1 \(exchange.status)\r\n"))
            let end = try #require(answer.firstRange(of: "\r\n\r\n"))
            #expect(answer[end.upperBound...] == exchange.body)
        }
    }

    @Test func oneConnectionCarriesManyRequests() async throws {
        try await withServer { port, _ in
            try await RawConnection.with("127.0.0.1", port) { connection in
                let request = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
                try await connection.send(request + request)
                for _ in 0..<2 { #expect(try await connection.receive(through: "ok\n").contains("200 OK")) }
                try await connection.send(request)
                #expect(try await connection.receive(through: "ok\n").contains("200 OK"))
            }
        }
    }

    @Test func whenItEndsRequestsOnTheirWayAreFinishedAndIdleConnectionsClosed() async throws {
        try await withServer(["HELLO_DELAY_MS": "100"]) { port, end in
            try await RawConnection.with("127.0.0.1", port) { busy in
                try await RawConnection.with("127.0.0.1", port) { idle in
                    let request = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
                    try await idle.send(request)
                    #expect(try await idle.receive(through: "ok\n").contains("200 OK"))
                    // They arrive together: when the first is answered, the second is being worked on.
                    try await busy.send(request + request)
                    #expect(try await busy.receive(through: "ok\n").contains("200 OK"))
                    end()
                    #expect(try await busy.rest().hasSuffix("ok\n"))
                    #expect(try await idle.rest().isEmpty)
                }
            }
        }
    }

    @Test func itRunsUntilItIsAskedToEnd() async {
        await #expect(processExitsWith: .success) {
            try await HelloServer.runProgram(environment: ["PORT": "0"]) { line in
                if line.hasPrefix("listening") { kill(getpid(), SIGTERM) }
            }
        }
    }

    @Test func itCrashesWhenToldTo() async {
        await #expect(processExitsWith: .exitCode(1)) {
            try await HelloServer.runProgram(environment: ["PORT": "0", "HELLO_CRASH_AFTER": "0.01"]) { _ in }
        }
    }

    @Test(
        arguments: ["PORT", "HELLO_HEALTH", "HELLO_DELAY_MS", "HELLO_CRASH_AFTER", "HELLO_START_DELAY"],
        ["", "x", "-1"])
    func aVariableThatIsNoNumberIsAnError(variable: String, value: String) {
        #expect(throws: HelloSettings.Invalid(variable: variable, value: value)) {
            try HelloSettings(environment: [variable: value])
        }
    }
}
