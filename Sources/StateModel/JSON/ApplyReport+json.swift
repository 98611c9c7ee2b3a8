package import AttributeTree
import ResourceModel

extension ApplyReport {
    /// The form in which stores keep a report. Whoever reads it leaves out members it does not know.
    package var json: AttributeValue {
        [
            "steps": .list(steps.map(\.json)), "resources": .list(resources.map(\.json)),
            "calls": .map(calls.mapValues { .int($0) }), "recorded": .list(recorded.map(\.json)),
            "explanations": .list(explanations.map(\.json)),
        ]
    }

    package init(json: AttributeValue) throws(StateFormatError) {
        let reader = StateReader(json)
        self.init()
        for element in try reader.list("steps") { steps.append(try Step(element)) }
        for element in try reader.list("resources") { resources.append(try Resource(element)) }
        for element in try reader.list("recorded") { recorded.append(try RecordedResource(json: element.value)) }
        for element in try optionalList(reader) { explanations.append(try Explanation(element)) }
        for (call, count) in try reader.map("calls") { calls[call] = count.intValue }
    }
}

/// Reports of earlier versions have none.
private func optionalList(_ reader: StateReader) throws(StateFormatError) -> [StateReader] {
    try reader.optional("explanations") == nil ? [] : reader.list("explanations")
}

extension Explanation {
    package var json: AttributeValue {
        [
            "address": .string(address.description), "cause": .string(cause), "sentence": .string(sentence),
            "remedy": .string(remedy), "evidence": .list(evidence.map { .string($0) }),
        ]
    }

    fileprivate init(_ reader: StateReader) throws(StateFormatError) {
        self.init(
            address: try reader.address("address"), cause: try reader.string("cause"),
            sentence: try reader.string("sentence"), remedy: try reader.string("remedy"),
            evidence: try reader.list("evidence").compactMap(\.value.stringValue))
    }
}

extension ApplyReport.Step {
    package var json: AttributeValue {
        var json: AttributeValue = [
            "id": .string(id), "address": .string(address.description), "isWait": .bool(isWait),
            "outcome": .string(outcome.rawValue),
        ]
        json["failure"] = failure?.json
        if !blockedBy.isEmpty { json["blockedBy"] = .list(blockedBy.map { .string($0) }) }
        return json
    }

    fileprivate init(_ reader: StateReader) throws(StateFormatError) {
        self.init(
            id: try reader.string("id"), address: try reader.address("address"), isWait: try reader.bool("isWait"),
            outcome: try reader.word("outcome"),
            failure: try ApplyReport.Failure(reader.optional("failure")),
            blockedBy: reader.value["blockedBy"]?.listValue?.compactMap(\.stringValue) ?? [])
    }
}

extension ApplyReport.Resource {
    package var json: AttributeValue {
        var json: AttributeValue = [
            "address": .string(address.description), "outcome": .string(outcome.rawValue),
            "phase": .string(phase.rawValue), "state": .string(state),
            "started": .map(started.mapValues { .string($0) }),
        ]
        json["failure"] = failure?.json
        return json
    }

    fileprivate init(_ reader: StateReader) throws(StateFormatError) {
        self.init(
            address: try reader.address("address"), outcome: try reader.word("outcome"),
            phase: try reader.word("phase"), state: try reader.string("state"),
            failure: try ApplyReport.Failure(reader.optional("failure")), started: try reader.strings("started"))
    }
}

extension ApplyReport.Failure {
    fileprivate var json: AttributeValue { ["code": .string(code), "message": .string(message)] }

    /// `nil` where there is none.
    fileprivate init?(_ reader: StateReader?) throws(StateFormatError) {
        guard let reader else { return nil }
        self.init(code: try reader.string("code"), message: try reader.string("message"))
    }
}
