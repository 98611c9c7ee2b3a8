package import AttributeTree
import FoundationEssentials
import Planning
import ResourceModel
import StateModel

extension ApplyEvent {
    /// One line of `apply -o json`.
    package var json: AttributeValue {
        var json = content.json
        json["time"] = .string(
            Date(timeIntervalSince1970: time).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        return json
    }
}

extension ApplyEvent.Content {
    fileprivate var json: AttributeValue {
        switch self {
        case .resolved(let address, let message):
            ["event": "resolved", "address": address.json, "message": .string(message)]
        case .started(let id, let summary): id.json("started", message: summary)
        case .succeeded(let id): id.json("succeeded")
        case .failed(let id, let failure): id.json("failed", message: failure.message, code: failure.code)
        case .blocked(let id, let causes):
            id.json("blocked", message: "because of: \(causes.map(\.description).joined(separator: ", "))")
        case .cancelled(let id): id.json("cancelled")
        case .status(let row): row.event
        case .unsettled(let address, let failure):
            [
                "event": "unsettled", "address": address.json, "message": .string(failure.message),
                "code": .string(failure.code.rawValue),
            ]
        case .explained(let explanation): explanation.event
        case .finished(let outcome, let calls):
            [
                "event": "finished", "outcome": .string(outcome.rawValue),
                "calls": .map(calls.mapValues { .int($0) }),
            ]
        }
    }
}

extension Explanation {
    fileprivate var event: AttributeValue {
        var event = json
        event["event"] = "explained"
        event["message"] = .string(sentence)
        return event
    }
}

extension ResourceAddress {
    fileprivate var json: AttributeValue { .string(description) }
}

extension Step.ID {
    fileprivate func json(
        _ event: String, message: String? = nil, code: StepFailure.Code? = nil
    ) -> AttributeValue {
        var json: AttributeValue = [
            "event": .string(event), "address": address.json, "step": .string(description),
        ]
        json["message"] = message.map { .string($0) }
        json["code"] = code.map { .string($0.rawValue) }
        return json
    }
}

extension StatusRow {
    fileprivate var event: AttributeValue {
        var json: AttributeValue = [
            "event": "status", "address": address.json, "phase": .string(phase.rawValue), "state": .string(state),
        ]
        json["message"] = (failure?.message ?? waitingFor).map { .string($0) }
        json["waitingFor"] = waitingFor.map { .string($0) }
        return json
    }

    /// An element of `resources` in `status -o json`.
    package var json: AttributeValue {
        var json: AttributeValue = [
            "address": address.json, "phase": .string(phase.rawValue), "state": .string(state),
            "detail": .map(detail),
        ]
        json["waitingFor"] = waitingFor.map { .string($0) }
        json["message"] = failure.map { .string($0.message) }
        return json
    }
}
