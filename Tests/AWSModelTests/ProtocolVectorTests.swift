import AttributeTree
import TestSupport
import Testing

@testable import AWSModel

/// The protocol tests of Smithy and botocore: every call is written, every answer read as they say.
@Suite(TestData.isPresent())
struct ProtocolVectorTests {
    /// Cases of features that no operation of ours has, and why each is left out.
    static let exceptions = [
        "AwsJson11HostWithPath": "the path of a custom endpoint is the client's",
        "QueryHostWithPath": "the path of a custom endpoint is the client's",
        "Ec2QueryHostWithPath": "the path of a custom endpoint is the client's",
        "SDKAppliedContentEncoding_awsJson1_1": "no operation compresses its request",
        "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1": "no operation compresses its request",
        "SDKAppliedContentEncoding_awsQuery": "no operation compresses its request",
        "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query": "no operation compresses its request",
        "legacy-json-output-06-00": "no operation answers with an event stream",
    ]

    /// Host prefixes are not compared: no operation of ours has one.
    @Test(arguments: WireProtocol.allCases)
    func callsAreWritten(_ wireProtocol: WireProtocol) throws {
        try run("\(wireProtocol.rawValue)-input", "written") { vector, operation in
            let params = (vector.json["params"] ?? [:]).withBlobsInBase64(operation.input)
            let request = try operation.encode(params, idempotencyToken: "00000000-0000-4000-8000-000000000000")
            let expected = vector.json["serialized"]
            try require(request.path == expected?["uri"]?.stringValue, "path \(request.path)")
            for (name, value) in expected?["headers"]?.mapValue ?? [:] {
                let header = request.headers[name]
                try require(mediaType(header) == mediaType(value.stringValue), "header \(name): \(header ?? "none")")
            }
            guard let body = expected?["body"]?.stringValue else { return }
            switch wireProtocol {
            case .awsJSON1_1: try requireEqual(AttributeValue(json: request.body), AttributeValue(json: body))
            case .awsQuery, .ec2Query: try requireEqual(sortedForm(request.body), sortedForm(Array(body.utf8)))
            }
        }
    }

    @Test(arguments: WireProtocol.allCases)
    func answersAreRead(_ wireProtocol: WireProtocol) throws {
        try run("\(wireProtocol.rawValue)-output", "read") { vector, operation in
            guard let code = vector.json["errorCode"]?.stringValue else {
                let expected = (vector.json["result"] ?? [:]).withBlobsInBase64(operation.output)
                return try requireEqual(operation.decode(vector.response), expected)
            }
            let fault = operation.decodeFault(vector.response)
            try requireEqual(fault.code, code)
            if let message = vector.json["errorMessage"] { try requireEqual(.string(fault.message), message) }
            if let details = vector.json["error"] { try requireEqual(fault.details, details) }
        }
    }

    /// The server's side of the same calls.
    @Test(arguments: WireProtocol.allCases)
    func callsAreUnderstood(_ wireProtocol: WireProtocol) throws {
        try run("\(wireProtocol.rawValue)-input", "understood") { vector, operation in
            let serialized = vector.json["serialized"]
            var request = WireRequest(body: Array((serialized?["body"]?.stringValue ?? "").utf8))
            for (name, value) in serialized?["headers"]?.mapValue ?? [:] { request.headers[name] = value.stringValue }
            if serialized?["headers"] == [:] {  // one case names no target
                request.headers["X-Amz-Target"] = "\(operation.service.targetPrefix ?? "").\(operation.name)"
            }
            let (called, input) = try vector.service(operation).decodeRequest(request)
            try requireEqual(called.name, operation.name)
            var expected = (vector.json["params"] ?? [:]).withBlobsInBase64(operation.input)
            if let token = operation.idempotencyToken?.name, expected[token] == nil {
                expected[token] = "00000000-0000-4000-8000-000000000000"
            }
            try requireEqual(input, Self.emptyOnTheWire.contains(vector.id) ? [:] : expected)
        }
    }

    /// Cases whose only member is an empty list or map, which their protocol does not write.
    static let emptyOnTheWire: Set = ["QueryEmptyQueryMaps", "Ec2EmptyQueryLists"]

    /// The server's side of the same answers: written and read back, they are what they were, and in XML have the
    /// elements of the answer in the vectors.
    @Test(arguments: WireProtocol.allCases)
    func answersAreWritten(_ wireProtocol: WireProtocol) throws {
        try run("\(wireProtocol.rawValue)-output", "written", leavingOut: Self.notForServers) { vector, operation in
            if let code = vector.json["errorCode"]?.stringValue {
                let fault = ServiceFault(service: "vectors", code: code, message: "Hi", status: 400)
                let response = operation.service.encode(fault, requestID: "requestid")
                return try requireEqual(operation.decodeFault(response).code, code)
            }
            let result = (vector.json["result"] ?? [:]).withBlobsInBase64(operation.output)
            let response = try operation.encodeResponse(result, requestID: "requestid")
            try requireEqual(operation.decode(response), result)
            if wireProtocol != .awsJSON1_1, !vector.response.body.isEmpty {
                try requireEqual(elements(response.body), elements(vector.response.body))
            }
        }
    }

    /// Cases that a client must read but a server does not write so.
    static let notForServers = [
        "legacy-json-output-03-01": "a list with null in it"
    ]

    /// Runs every case of a file that is no exception, and reports each that fails by its name.
    private func run(
        _ file: String, _ direction: String, leavingOut others: [String: String] = [:],
        _ check: (VectorCase, OperationModel) throws -> Void
    ) throws {
        let all = try VectorSuite.load(file).flatMap { suite in suite.cases.map { (suite, $0) } }
        let cases = all.filter { Self.exceptions[$0.1.id] == nil && others[$0.1.id] == nil }
        var passed = 0
        for (suite, vector) in cases {
            do {
                try withExtendedLifetime(suite) { try check(vector, #require(vector.operation)) }
                passed += 1
            } catch {
                Issue.record("\(file), \(vector.id) (\(suite.description)): \(error)")
            }
        }
        TestData.report("\(file), \(direction) (\(all.count - cases.count) left out)", passed: passed, of: cases.count)
    }

    /// The texts of a document with their paths, in an order of their own, times in seconds, without the identifier of
    /// the request.
    private func elements(_ body: [UInt8]) throws -> [String] {
        func collect(_ element: XMLElement, _ path: String) -> [String] {
            let below = element.children.flatMap { collect($0, "\(path)/\(element.name)") }
            let text = element.trimmedText
            let value = Timestamp.parse(text)?.jsonText() ?? text
            return below.isEmpty ? ["\(path)/\(element.name)=\(value)"] : below
        }
        return try collect(XMLDocument(body).root, "").filter { !$0.lowercased().contains("requestid=") }.sorted()
    }

    private func mediaType(_ value: String?) -> String? {
        value?.split(separator: ";").first.map(String.init)
    }

    /// The parameters in an order of their own. The entries of a map have no order: each is numbered by its key.
    private func sortedForm(_ body: [UInt8]) throws -> [String] {
        let pairs = try #require(FormParameters(body)).pairs
        let keys = Dictionary(
            uniqueKeysWithValues: pairs.filter { $0.name.hasSuffix(".key") }.map { ($0.name.dropLast(4), $0.value) })
        return pairs.map { name, value in
            let entry = keys.first { name.hasPrefix("\($0.key).") }
            return "\(entry.map { "\($0.value)\(name.dropFirst($0.key.count))" } ?? name)=\(value)"
        }.sorted()
    }
}

struct Difference: Error, CustomStringConvertible {
    var description: String
}

func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw Difference(description: message()) }
}

func requireEqual<Value: Equatable>(_ found: Value, _ expected: Value) throws {
    try require(found == expected, "\(found) is not \(expected)")
}
