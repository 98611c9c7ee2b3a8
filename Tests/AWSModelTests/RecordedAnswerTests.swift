import AttributeTree
import TestSupport
import Testing

@testable import AWSModel

/// XML that AWS answered with, beside what another reader made of it.
@Suite(TestData.isPresent())
struct RecordedAnswerTests {
    @Test func recordedXMLIsReadAsOthersReadIt() throws {
        let answers = try #require(
            try AttributeValue(json: Array(TestData.load("protocols/xml-responses.json"))).listValue)
        var passed = 0
        for answer in answers {
            let id = answer["id"]?.stringValue ?? ""
            do {
                try check(answer, id: id)
                passed += 1
            } catch {
                Issue.record("\(id): \(error)")
            }
        }
        TestData.report("xml-responses", passed: passed, of: answers.count)
    }

    private func check(_ answer: AttributeValue, id: String) throws {
        let body = Array((answer["xml"]?.stringValue ?? "").utf8)
        let service = answer["service"]?.stringValue ?? ""
        let requestID = answer["expected"]?["ResponseMetadata"]?["RequestId"]?.stringValue
        if let error = answer["expected"]?["Error"] {
            let fault = ServiceFault(WireResponse(status: 400, body: body), from: service)
            try requireEqual(.string(fault.code), error["Code"] ?? .null)
            try requireEqual(.string(fault.message), error["Message"] ?? .null)
            if let requestID { try requireEqual(fault.requestID, requestID) }
            return
        }
        guard let operation = operation(service, id), let output = operation.output else {
            return try checkContent(answer["expected"] ?? .null, of: XMLDocument(body))
        }
        var expected = (answer["expected"] ?? .null).withTimesInSeconds(output)
        expected["ResponseMetadata"] = nil
        try requireEqual(operation.decode(WireResponse(status: 200, body: body)), expected)
    }

    /// `ec2-describe-vpcs` is `DescribeVpcs`.
    private func operation(_ service: String, _ id: String) -> OperationModel? {
        let words = id.split(separator: "-").dropFirst()
        return ServiceModel.all.first { $0.id == service }?.operation(words.map(\.capitalized).joined())
    }

    /// Of an operation that is not in our tables: every text that the other reader found is in the document.
    private func checkContent(_ expected: AttributeValue, of document: XMLDocument) throws {
        var texts: [String] = []
        func collect(_ element: XMLElement) {
            texts.append(element.text)
            for child in element.children { collect(child) }
        }
        collect(document.root)
        for text in expected.leaves {
            guard let index = texts.firstIndex(of: text) else {
                throw Difference(description: "\"\(text)\" is not in the document")
            }
            texts.remove(at: index)
        }
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

extension AttributeValue {
    /// The texts of all scalars in it.
    fileprivate var leaves: [String] {
        switch self {
        case .list(let elements): elements.flatMap(\.leaves)
        case .map(let members): members.values.flatMap(\.leaves)
        case .string(let text): [text]
        case .bool(let flag): [flag ? "true" : "false"]
        case .int(let number): [String(number)]
        case .number(let number): [String(number)]
        case .null: []
        }
    }

    /// With times as the tree has them where they are written as text.
    func withTimesInSeconds(_ shape: Shape?) -> AttributeValue {
        switch (shape?.kind, self) {
        case (.timestamp, .string(let text)): Timestamp.parse(text) ?? self
        case (.structure(let structure), .map(let members)):
            .map(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, value in
                        (name, value.withTimesInSeconds(structure[name]?.shape))
                    }))
        case (.list(let list), .list(let elements)): .list(elements.map { $0.withTimesInSeconds(list.element) })
        case (.map(let map), .map(let members)): .map(members.mapValues { $0.withTimesInSeconds(map.value) })
        default: self
        }
    }
}
