import Glibc
import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.medium), .timeLimit(.minutes(5)))
struct IdleConnectionsTests {
    @Test func tenThousandIdleConnectionsLeaveTheBalancerAtWork() async throws {
        let count = Self.raiseDescriptorLimit(for: 10_000)
        let target = try await ScriptedTarget.start { _ in .ok("hi") }
        try await RunningBalancer.with([target.target]) { running in
            var idle: [RawConnection] = []
            for _ in 0..<count { idle.append(try await running.connect()) }
            // Connections are taken in the order in which they came: who is answered came after all that are idle. Each
            // of the event loops has a queue of its own, so several ask.
            for _ in 0..<20 {
                let client = try await running.connect()
                _ = try await client.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            }
            try await running.wait(.seconds(30))
            #expect(try await idle[count / 2].exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n").hasSuffix("hi"))
            #expect(idle.allSatisfy { !$0.isClosed })
            try await running.wait(.seconds(35))
            try await eventually("idle connections stay open", within: .seconds(120)) {
                idle.count { $0.isClosed } == count - 1
            }
            print("\(count) connections were idle at the same time")
        }
        await target.stop()
    }

    /// Both ends of each connection are in this program.
    /// - Returns: how many connections the system lets it have, up to those wanted.
    private static func raiseDescriptorLimit(for connections: Int) -> Int {
        let wanted = rlim_t(2 * connections + 1000)
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(7), &limit)
        if limit.rlim_cur < wanted {
            var raised = rlimit(rlim_cur: wanted, rlim_max: max(wanted, limit.rlim_max))
            if setrlimit(__rlimit_resource_t(7), &raised) == 0 { return connections }
        }
        return min(connections, (Int(limit.rlim_cur) - 1000) / 2)
    }
}
