import AttributeTree

func checkJSON(_ input: [UInt8]) throws(BrokenProperty) {
    let value: AttributeValue
    do throws(JSONSyntaxError) {
        value = try AttributeValue(json: input)
    } catch {
        return try require((0...input.count).contains(error.offset), "\(error) lies within the text")
    }
    try checkRoundTrip(value)
}

/// What is written of a value reads as the value again, and is written as before.
func checkRoundTrip(_ value: AttributeValue) throws(BrokenProperty) {
    for style in [AttributeValue.JSONStyle.compact, .pretty] {
        let text = value.json(style)
        let readAgain = try requireReadable("what was written is JSON") { try AttributeValue(json: text) }
        try require(readAgain == value, "what was written reads as it was: \(String(decoding: text, as: UTF8.self))")
        try require(readAgain.json(style) == text, "it is written as before: \(String(decoding: text, as: UTF8.self))")
    }
}
