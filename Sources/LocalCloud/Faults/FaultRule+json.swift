package import AttributeTree

/// A rule in JSON:
///
///     {"operations": "ecs:CreateService", "kind": "throttle", "count": 2, "probability": 0.5}
///     {"operations": "ecs:*", "kind": "error", "code": "ServerException", "status": 500, "message": "…"}
///     {"operations": "elbv2:*", "kind": "delay", "milliseconds": 800}
///     {"operations": "ecs:RegisterTaskDefinition", "kind": "dropAnswer", "count": 1}
///     {"operations": "*:*", "kind": "staleReads", "seconds": 5}
///
/// `count` and `probability` may stand beside each kind. An `error` has the status 400 unless it says otherwise, and
/// may be without a message.
extension FaultRule {
    package struct Unreadable: Error, Sendable, Hashable, CustomStringConvertible {
        package var description: String
    }

    package init(json: AttributeValue) throws(Unreadable) {
        guard let operations = json["operations"]?.stringValue, operations.contains(":") else {
            throw Unreadable(description: "\"operations\" has to be a pattern such as \"ecs:Create*\"")
        }
        self.init(
            operations, try Kind(json: json), count: json["count"]?.intValue,
            probability: json["probability"]?.doubleValue ?? 1)
        guard (0...1).contains(probability), count ?? 1 > 0 else {
            throw Unreadable(description: "\"probability\" has to be from 0 to 1, and \"count\" more than 0")
        }
    }

    package var json: AttributeValue {
        var json = kind.json
        json["operations"] = .string(operations)
        json["count"] = count.map { .int($0) }
        if probability < 1 { json["probability"] = .number(probability) }
        return json
    }
}

extension FaultRule.Kind {
    fileprivate init(json: AttributeValue) throws(FaultRule.Unreadable) {
        switch json["kind"]?.stringValue {
        case "throttle": self = .throttle
        case "error":
            guard let code = json["code"]?.stringValue else {
                throw FaultRule.Unreadable(description: "an error has to have a \"code\"")
            }
            let status = json["status"]?.intValue ?? 400
            guard (400...599).contains(status) else {
                throw FaultRule.Unreadable(description: "the \"status\" of an error is from 400 to 599")
            }
            self = .error(code: code, status: status, message: json["message"]?.stringValue ?? "")
        case "delay":
            guard let milliseconds = json["milliseconds"]?.intValue, milliseconds >= 0 else {
                throw FaultRule.Unreadable(description: "a delay has to have \"milliseconds\"")
            }
            self = .delay(milliseconds: milliseconds)
        case "dropAnswer": self = .dropAnswer
        case "staleReads":
            guard let seconds = json["seconds"]?.doubleValue, seconds >= 0 else {
                throw FaultRule.Unreadable(description: "stale reads have to have \"seconds\"")
            }
            self = .staleReads(seconds: seconds)
        default:
            throw FaultRule.Unreadable(
                description: "\"kind\" has to be throttle, error, delay, dropAnswer or staleReads")
        }
    }

    fileprivate var json: AttributeValue {
        switch self {
        case .throttle: ["kind": "throttle"]
        case .error(let code, let status, let message):
            ["kind": "error", "code": .string(code), "status": .int(status), "message": .string(message)]
        case .delay(let milliseconds): ["kind": "delay", "milliseconds": .int(milliseconds)]
        case .dropAnswer: ["kind": "dropAnswer"]
        case .staleReads(let seconds): ["kind": "staleReads", "seconds": .number(seconds)]
        }
    }
}
