import AWSModel
import AttributeTree

func checkRequest(_ input: [UInt8]) throws(BrokenProperty) {
    guard let named = NamedOperation(input) else { return }
    let target = "\(named.service.targetPrefix.map { "\($0)." } ?? "")\(named.operation.name)"
    let request = WireRequest(headers: ["X-Amz-Target": target], body: named.body)
    let understood: (operation: OperationModel, input: AttributeValue)
    do throws(ServiceFault) {
        understood = try named.service.decodeRequest(request)
    } catch {
        let answer = named.service.metadata.encode(error, requestID: "r")
        let read = named.operation.decodeFault(answer)
        return try require(read.code == error.code, "\(read.code) is \(error.code)")
    }
    try checkRoundTrip(understood.input)
    try checkRequest(of: understood.operation, understood.input, to: named.service)
}

/// What the client writes of an input, the server understands, and the client writes of that what it wrote.
private func checkRequest(
    of operation: OperationModel, _ input: AttributeValue, to service: ServiceModel
) throws(BrokenProperty) {
    let first = try requireReadable("what a server understands can be asked for") { try operation.encode(input) }
    // A form cannot say that an element is there and has no members, nor tell a time below a thousandth of a
    // second: what is written of such an input may be another, or none that the service takes.
    guard let understood = try? service.decodeRequest(first).input else { return }
    let request = try requireReadable("what was understood can be asked for") { try operation.encode(understood) }
    let again = try requireReadable("what the client writes is understood: \(text(request.body))") {
        try service.decodeRequest(request)
    }
    try require(again.operation.name == operation.name, "\(again.operation.name) is \(operation.name)")
    let requestAgain = try requireReadable("it can be asked for again") { try operation.encode(again.input) }
    try require(
        requestAgain.body == request.body, "\(text(request.body)) is written as before, not \(text(requestAgain.body))")
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
