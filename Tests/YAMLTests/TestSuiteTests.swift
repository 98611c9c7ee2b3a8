import Diagnostics
import Foundation
import TestSupport
import Testing
import YAML

/// The YAML test suite, as far as libyaml itself conforms to it.
@Suite(TestData.isPresent())
struct TestSuiteTests {
    @Test func `the events of every case that libyaml passes are those of the suite`() throws {
        let cases = try SuiteCase.load().filter(\.libyamlPasses)
        var passed = 0
        for example in cases {
            let (events, diagnostics) = YAMLReader().events(of: SourceText(file: example.id, example.yaml))
            if example.mustFail {
                #expect(diagnostics.hasErrors, "\(example)")
                passed += diagnostics.hasErrors ? 1 : 0
            } else {
                let notation = events.map { $0.suiteNotation + "\n" }.joined()
                #expect(diagnostics == [], "\(example)")
                #expect(notation == example.events, "\(example)")
                passed += diagnostics.isEmpty && notation == example.events ? 1 : 0
            }
        }
        TestData.report("YAML test suite, events", passed: passed, of: cases.count)
    }

    /// Cases with tags or keys that we refuse are left out: nothing is lost there without a message.
    @Test func `the nodes of every case that we accept have the values of the suite`() throws {
        let cases = try SuiteCase.load().filter { $0.libyamlPasses && !$0.mustFail && $0.json != nil }
        var passed = 0
        var compared = 0
        for example in cases {
            let file = YAMLReader().read(SourceText(file: example.id, example.yaml))
            guard file.diagnostics.isEmpty else { continue }
            compared += 1
            let expected = try JSONValue.stream(example.json ?? "")
            let values = file.documents.map { JSONValue($0.root) }
            #expect(values == expected, "\(example)")
            passed += values == expected ? 1 : 0
        }
        TestData.report("YAML test suite, values", passed: passed, of: compared)
    }

    @Test func `what must fail has a message with a place and a remedy`() throws {
        for example in try SuiteCase.load() where example.libyamlPasses && example.mustFail {
            for diagnostic in YAMLReader().read(SourceText(file: example.id, example.yaml)).diagnostics {
                #expect(diagnostic.range != nil, "\(example)")
                #expect(!diagnostic.help.isEmpty, "\(example)")
            }
        }
    }
}

struct SuiteCase: Decodable, CustomStringConvertible {
    var id: String
    var name: String
    var yaml: String
    var events: String
    var mustFail: Bool
    var libyamlPasses: Bool
    var json: String?

    var description: String { "\(id) \(name)" }

    private enum CodingKeys: String, CodingKey {
        case id, name, yaml, events, json
        case mustFail = "error"
        case libyamlPasses = "libyaml_passes"
    }

    static func load() throws -> [SuiteCase] {
        try JSONDecoder().decode([SuiteCase].self, from: TestData.load("yaml-test-suite.json"))
    }
}
