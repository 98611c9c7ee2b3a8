import AttributeTree
import TestSupport
import Testing

@testable import AWSModel

/// Every error of the services has the code and status on the wire that its service model gives it.
@Suite(TestData.isPresent())
struct ErrorCodeTests {
    @Test func modelledErrorsAreRecognisedByTheirCodes() throws {
        let services = try #require(try AttributeValue(json: Array(TestData.load("model-errors.json"))).mapValue)
        var passed = 0
        var total = 0
        for service in ServiceModel.all {
            for expected in services[service.id]?["errors"]?.listValue ?? [] {
                let name = expected["shape"]?.stringValue ?? ""
                for (operation, error) in service.errors(named: name) {
                    total += 1
                    do {
                        try check(error, expected, of: operation)
                        passed += 1
                    } catch {
                        Issue.record("\(service.id):\(operation.name), \(name): \(error)")
                    }
                }
            }
        }
        TestData.report("model-errors (each error of each operation)", passed: passed, of: total)
    }

    @Test(arguments: ["ecs", "elbv2"])
    func operationsListTheErrorsOfTheirModel(_ id: String) throws {
        let services = try AttributeValue(json: Array(TestData.load("model-errors.json")))
        let service = try #require(ServiceModel.all.first { $0.id == id })
        for expected in services[id]?["errors"]?.listValue ?? [] {
            let name = expected["shape"]?.stringValue ?? ""
            let operations = (expected["operations"]?.listValue ?? []).compactMap(\.stringValue)
                .filter { service.operation($0) != nil }
            #expect(service.errors(named: name).map(\.operation.name).sorted() == operations.sorted(), "\(name)")
        }
    }

    private func check(_ error: ErrorModel, _ expected: AttributeValue, of operation: OperationModel) throws {
        try requireEqual(.string(error.code), expected["wire_code"] ?? .null)
        if let status = expected["http"]?.intValue { try requireEqual(error.status, status) }
        let fault = ServiceFault(
            service: operation.service.id, code: error.code, message: "so <it> & goes", status: error.status)
        let response = operation.service.encode(fault, requestID: "some-id")
        let read = operation.decodeFault(response)
        try requireEqual(read.code, error.code)
        try requireEqual(read.message, fault.message)
        try requireEqual(read.status, error.status)
        try requireEqual(read.requestID, "some-id")
    }
}

extension ServiceModel {
    fileprivate func errors(named name: String) -> [(operation: OperationModel, error: ErrorModel)] {
        operations.values.flatMap { operation in
            operation.errors.filter { $0.shape.name == name }.map { (operation, $0) }
        }
    }
}
