import AWSModel
import AttributeTree
import Glibc
import TaskRunning

/// Answers what is below `/_local/`: how the cloud is doing, and what tests change about it.
///
/// Everything but the first takes `Authorization: Bearer TOKEN`, and speaks JSON:
///
/// - `GET health`: `{"status": "ok", "pid": 17, "time": 1788000000.5}`; the time is the cloud's own.
/// - `GET faults`: `{"faults": [rule, …]}`; a rule is described at ``FaultRule``.
/// - `POST faults`: adds a rule or `{"faults": [rule, …], "seed": 1}`, and answers like `GET`.
/// - `DELETE faults`: takes all away.
/// - `GET time`: `{"time": 1788000000.5, "rate": 1}`.
/// - `POST time`: `{"rate": 10, "stepSeconds": 60}`, each of which may be missing; answers like `GET`.
/// - `PUT images`: `{"images": [{"pattern": "web:*", "command": "./web"}, …]}` in the place of those there were.
/// - `GET endpoints`: `{"endpoints": [{"listener": ARN, "address": "127.0.1.1", "port": 80, "boundPort": 8080,
///   "url": "http://127.0.1.1:8080", "problem": why it does not listen}]}`.
/// - `POST shutdown`: ends the cloud.
struct ControlDesk: Sendable {
    static let prefix = CloudConnection.controlPrefix

    /// What is done elsewhere.
    struct Actions: Sendable {
        var setImageMappings: @Sendable ([ImageMapping]) -> Void
        var endpoints: @Sendable () -> [BalancerEndpoint]
        var shutDown: @Sendable () -> Void
    }

    private struct Refusal: Error {
        var status: Int
        var message: String
    }

    let engine: CloudEngine
    let faults: FaultInjector
    let token: String
    let actions: Actions

    func answer(_ request: WireRequest) -> WireResponse {
        do throws(Refusal) {
            return try Self.response(200, perform(request))
        } catch {
            return Self.response(error.status, ["message": .string(error.message)])
        }
    }

    private static func response(_ status: Int, _ body: AttributeValue) -> WireResponse {
        WireResponse(
            status: status, headers: ["Content-Type": "application/json"], body: body.json() + [UInt8(ascii: "\n")])
    }

    private func perform(_ request: WireRequest) throws(Refusal) -> AttributeValue {
        let call = "\(request.method) \(request.path.dropFirst(Self.prefix.count))"
        if call == "GET health" { return health }
        guard request.headers["Authorization"] == "Bearer \(token)" else {
            throw Refusal(status: 401, message: "the token in cloud.json is needed: Authorization: Bearer TOKEN")
        }
        switch call {
        case "GET faults": return faultList
        case "POST faults":
            try addFaults(try Self.json(request))
            return faultList
        case "DELETE faults":
            faults.removeAll()
            return faultList
        case "GET time": return time
        case "POST time":
            try changeTime(try Self.json(request))
            return time
        case "PUT images":
            try setImages(try Self.json(request))
            return [:]
        case "GET endpoints": return ["endpoints": .list(actions.endpoints().map(\.json))]
        case "POST shutdown":
            actions.shutDown()
            return [:]
        default: throw Refusal(status: 404, message: "there is no \(call)")
        }
    }

    private static func json(_ request: WireRequest) throws(Refusal) -> AttributeValue {
        do {
            return try AttributeValue(json: request.body)
        } catch {
            throw Refusal(status: 400, message: "the body is not JSON: \(error)")
        }
    }
}

extension ControlDesk {
    private var health: AttributeValue {
        ["status": "ok", "pid": .int(Int(getpid())), "time": .number(engine.clock.moment.secondsSince1970)]
    }

    private var faultList: AttributeValue { ["faults": .list(faults.rules.map(\.json))] }

    private var time: AttributeValue {
        ["time": .number(engine.clock.moment.secondsSince1970), "rate": .number(engine.clock.rate)]
    }

    private func addFaults(_ json: AttributeValue) throws(Refusal) {
        do throws(FaultRule.Unreadable) {
            var rules: [FaultRule] = []
            for rule in json["faults"]?.listValue ?? [json] { rules.append(try FaultRule(json: rule)) }
            faults.add(rules, seed: json["seed"]?.intValue.map { UInt64(bitPattern: Int64($0)) })
        } catch {
            throw Refusal(status: 400, message: error.description)
        }
    }

    private func changeTime(_ json: AttributeValue) throws(Refusal) {
        let rate = json["rate"]?.doubleValue
        let step = json["stepSeconds"]?.doubleValue
        guard (0...1000).contains(rate ?? 0), (0...1e9).contains(step ?? 0) else {
            throw Refusal(
                status: 400, message: "\"rate\" has to be from 0 to 1000, and \"stepSeconds\" not negative")
        }
        if let rate { engine.clock.setRate(rate) }
        if let step { engine.clock.step(by: .seconds(step)) }
    }

    private func setImages(_ json: AttributeValue) throws(Refusal) {
        guard let list = json["images"]?.listValue else {
            throw Refusal(status: 400, message: "\"images\" has to be a list")
        }
        var mappings: [ImageMapping] = []
        for image in list {
            guard let pattern = image["pattern"]?.stringValue, let command = image["command"]?.stringValue else {
                throw Refusal(status: 400, message: "an image has to have a \"pattern\" and a \"command\"")
            }
            mappings.append(ImageMapping(pattern: pattern, command: command))
        }
        actions.setImageMappings(mappings)
    }
}
