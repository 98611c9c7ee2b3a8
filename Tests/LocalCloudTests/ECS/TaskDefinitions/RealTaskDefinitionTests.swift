import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.medium), TestData.isPresent())
struct RealTaskDefinitionTests {
    @Test("task definitions that others use are registered, and what they say is read back")
    func registered() throws {
        let index = try AttributeValue(json: Array(TestData.load("taskdefs/index.json"))).listValue ?? []
        var passed = 0
        let valid = index.filter { $0["valid"] == true && $0["enum_errors"] == [] }
        for entry in valid {
            let file = try #require(entry["file"]?.stringValue)
            var stage = ECSStage()
            let input = try AttributeValue(json: Array(TestData.load(file)))
            do {
                try stage("RegisterTaskDefinition", input)
                try expectReadBack(input, in: &stage)
                passed += 1
            } catch {
                print(file, error)
            }
        }
        TestData.report("task definitions", passed: passed, of: valid.count)
    }

    private func expectReadBack(_ input: AttributeValue, in stage: inout ECSStage) throws {
        let family = try #require(input["family"])
        let definition = try stage("DescribeTaskDefinition", ["taskDefinition": family])["taskDefinition"]
        for (given, read) in zip(
            input["containerDefinitions"]?.listValue ?? [], definition?["containerDefinitions"]?.listValue ?? [])
        {
            for member in ["name", "image", "command", "entryPoint", "secrets", "dependsOn", "logConfiguration"] {
                #expect(read[member] == given[member], "\(member) of \(family)")
            }
        }
    }
}
