import AWSModel
import AttributeTree

func checkAnswer(_ input: [UInt8]) throws(BrokenProperty) {
    guard let named = NamedOperation(input) else { return }
    if let document = try? XMLDocument(named.body) { visit(document.root) }
    let fault = named.operation.decodeFault(WireResponse(status: 400, body: named.body))
    try require(!fault.code.isEmpty, "a fault has a code")
    _ = fault.description

    let output: AttributeValue
    do throws(UnreadableResponse) {
        output = try named.operation.decode(WireResponse(status: 200, body: named.body))
    } catch {
        _ = error.description
        return
    }
    try checkRoundTrip(output)
    try checkAnswer(of: named.operation, output)
}

/// What a server writes reads as what it meant. Times lose what is below the thousandth of a second once, and no more.
private func checkAnswer(of operation: OperationModel, _ output: AttributeValue) throws(BrokenProperty) {
    // An answer may lack what a server of ours has to give.
    guard let answer = try? operation.encodeResponse(output, requestID: "r") else { return }
    let readAgain = try requireReadable("an answer of ours can be read: \(text(answer.body))") {
        try operation.decode(answer)
    }
    let writtenAgain = try requireReadable("what was read of it can be written: \(text(answer.body))") {
        try operation.encodeResponse(readAgain, requestID: "r")
    }
    try require(
        writtenAgain.body == answer.body, "\(text(answer.body)) is written as before, not \(text(writtenAgain.body))")
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

private func visit(_ element: XMLElement) {
    _ = (element.name, element.trimmedText)
    for child in element.children { visit(child) }
}
