import AttributeTree
import TestSupport
import Testing

@testable import AWSModel

/// The documented examples of the operations we have: what the client writes the server reads, and the reverse.
@Suite(TestData.isPresent())
struct ExampleTests {
    private struct Example {
        var id: String
        var operation: OperationModel
        var service: ServiceModel
        var isInput: Bool
        var isValid: Bool
        var value: AttributeValue

        var shape: Shape? { isInput ? operation.input : operation.output }

        static func load() throws -> [Example] {
            let examples = try AttributeValue(json: Array(TestData.load("api-examples.json"))).listValue ?? []
            return examples.compactMap { json in
                guard let service = ServiceModel.all.first(where: { .string($0.id) == json["service"] }),
                    let operation = json["op"]?.stringValue.flatMap(service.operation(_:))
                else { return nil }
                let isInput = json["kind"] == "input"
                let value = (json["json"] ?? [:]).withTimesInSeconds(isInput ? operation.input : operation.output)
                return Example(
                    id: json["id"]?.stringValue ?? "", operation: operation, service: service, isInput: isInput,
                    isValid: json["valid"] == true, value: value)
            }
        }
    }

    @Test func validExamplesPassThroughTheWire() throws {
        let examples = try Example.load().filter(\.isValid)
        var passed = 0
        for example in examples {
            do {
                try requireEqual(try throughTheWire(example), example.value)
                passed += 1
            } catch {
                Issue.record("\(example.id): \(error)")
            }
        }
        TestData.report("api-examples", passed: passed, of: examples.count)
    }

    private func throughTheWire(_ example: Example) throws -> AttributeValue {
        if example.isInput {
            let request = try example.operation.encode(example.value)
            let (operation, input) = try example.service.decodeRequest(request)
            try requireEqual(operation.name, example.operation.name)
            return input
        }
        return try example.operation.decode(example.operation.encodeResponse(example.value, requestID: "some-id"))
    }

    @Test func invalidExamplesAreFoundOut() throws {
        for example in try Example.load() where !example.isValid {
            var checker = ShapeChecker(.structure)
            checker.check(example.value, against: try #require(example.shape))
            #expect(!checker.problems.isEmpty, "\(example.id)")
        }
    }
}
