import AWSModel
import AttributeTree
import Synchronization
import TaskRunning
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ControlDeskTests {
    private let cloud = TestFrontDoor()
    private let mappings = Recorded<[ImageMapping]>()
    private let shutdowns = Recorded<Void>()

    @Test("health is told to everybody, and everything else to who has the token")
    func token() {
        #expect(send("GET health", token: nil).status == 200)
        for call in ["GET faults", "POST time", "PUT images", "GET endpoints", "POST shutdown", "GET nothing"] {
            #expect(send(call, token: nil).status == 401)
            #expect(send(call, token: "guessed").status == 401)
        }
        #expect(send("GET nothing").status == 404)
    }

    @Test("faults are added, listed and taken away")
    func faults() throws {
        let rule: AttributeValue = ["operations": "ecs:*", "kind": "throttle"]
        #expect(send("POST faults", rule).status == 200)
        #expect(send("POST faults", ["faults": [rule, rule], "seed": 1]).status == 200)
        #expect(try AttributeValue(json: send("GET faults").body) == ["faults": [rule, rule, rule]])
        #expect(try AttributeValue(json: send("DELETE faults").body) == ["faults": []])
        #expect(send("POST faults", ["operations": "ecs:*"]).status == 400)
    }

    @Test("the time is stepped and its rate set")
    func time() throws {
        let start = cloud.clock.moment
        let answer = try AttributeValue(json: send("POST time", ["stepSeconds": 60]).body)
        #expect(answer == ["time": .number((start + 60).secondsSince1970), "rate": .number(0)])
        #expect(send("POST time", ["rate": 10]).status == 200)
        #expect(cloud.clock.rate == 10)
        #expect(send("POST time", ["rate": -1]).status == 400)
        #expect(send("POST time", ["stepSeconds": -1]).status == 400)
    }

    @Test("images are mapped to commands")
    func images() {
        let mapping: AttributeValue = ["pattern": "web:*", "command": "./web"]
        #expect(send("PUT images", ["images": [mapping]]).status == 200)
        #expect(mappings.values == [[ImageMapping(pattern: "web:*", command: "./web")]])
        #expect(send("PUT images", ["images": [["pattern": "web:*"]]]).status == 400)
    }

    @Test("endpoints have the address that can be opened")
    func endpoints() throws {
        let answer = try AttributeValue(json: send("GET endpoints").body)["endpoints"]?.listValue ?? []
        #expect(answer.map { $0["url"] } == ["http://127.0.1.1:8080", "https://127.0.1.1", "http://127.0.1.2:8081"])
        #expect(answer[2]["problem"] == "in use")
    }

    @Test("it can be shut down")
    func shutdown() {
        #expect(send("POST shutdown").status == 200)
        #expect(shutdowns.values.count == 1)
    }

    private func send(_ call: String, _ body: AttributeValue? = nil, token: String? = "token") -> WireResponse {
        let desk = ControlDesk(
            engine: cloud.engine, faults: cloud.faults, token: "token",
            actions: ControlDesk.Actions(
                setImageMappings: { [mappings] in mappings.add($0) },
                endpoints: {
                    [
                        BalancerEndpoint(
                            listener: "a", address: "127.0.1.1", port: 80, boundPort: 8080, isSecure: false),
                        BalancerEndpoint(
                            listener: "b", address: "127.0.1.1", port: 443, boundPort: 443, isSecure: true),
                        BalancerEndpoint(
                            listener: "c", address: "127.0.1.2", port: 8081, boundPort: 8081, isSecure: false,
                            problem: "in use"),
                    ]
                }, shutDown: { [shutdowns] in shutdowns.add(()) }))
        let parts = call.split(separator: " ")
        var request = WireRequest(
            method: String(parts[0]), path: ControlDesk.prefix + parts[1], body: body?.json() ?? [])
        request.headers["Authorization"] = token.map { "Bearer \($0)" }
        return desk.answer(request)
    }
}

/// What was called, with what.
private final class Recorded<Value: Sendable>: Sendable {
    private let state = Mutex<[Value]>([])

    var values: [Value] { state.withLock { $0 } }

    func add(_ value: Value) { state.withLock { $0.append(value) } }
}
