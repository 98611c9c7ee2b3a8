import AttributeTree
import ResourceModel
import StateModel

/// The input is what stores keep: rows as in `{"resources": […], "intents": […], "reports": […]}`, and objects of a bucket.
func checkState(_ input: [UInt8]) throws(BrokenProperty) {
    guard let rows = try? AttributeValue(json: input) else { return }
    var state = RecordedState(lineage: "", salt: "")
    for row in rows["resources"]?.listValue ?? [] {
        guard let resource = read({ () throws(StateFormatError) in try RecordedResource(json: row) }) else { continue }
        try checkRoundTrip(resource.json)
        let readAgain = try requireReadable("a resource that was written can be read") {
            try RecordedResource(json: AttributeValue(json: resource.json.json()))
        }
        try require(readAgain == resource, "a resource reads as it was written: \(resource.json.jsonText())")
        state.apply(.recorded(resource, completing: nil))
    }
    for row in rows["intents"]?.listValue ?? [] {
        guard let intent = read({ () throws(StateFormatError) in try Intent(json: row) }) else { continue }
        let readAgain = try requireReadable("an intent that was written can be read") {
            try Intent(json: AttributeValue(json: intent.json.json()))
        }
        try require(readAgain == intent, "an intent reads as it was written: \(intent.json.jsonText())")
        state.intents.append(intent)
    }
    for row in rows["reports"]?.listValue ?? [] {
        guard let report = read({ () throws(StateFormatError) in try ApplyReport(json: row) }) else { continue }
        let readAgain = try requireReadable("a report that was written can be read") {
            try ApplyReport(json: AttributeValue(json: report.json.json()))
        }
        try require(readAgain == report, "a report reads as it was written: \(report.json.jsonText())")
    }
    _ = state.violations().map(\.description)
    try checkStateLog(rows)
}

/// `nil` for what a store refuses, with words.
func read<Value>(_ read: () throws(StateFormatError) -> Value) -> Value? {
    do throws(StateFormatError) {
        return try read()
    } catch {
        _ = error.description
        return nil
    }
}
