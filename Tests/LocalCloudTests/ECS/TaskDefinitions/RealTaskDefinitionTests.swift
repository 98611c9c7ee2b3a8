import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.medium), TestData.isPresent())
struct RealTaskDefinitionTests {
    /// What AWS refuses although its shape is right.
    private static let refused = [
        "docs-example-task-definitions-05": "At least one of 'memory' or 'memoryReservation' must be specified.",
        "ecspresso-run-test-td": "Tags can not be empty.", "ecspresso-td": "Tags can not be empty.",
        "samples-gunicorn-gunicorn-fargate": "execution role ARN to support log driver awslogs.",
        "samples-kibana-kibana-ec2": "the host ports and container ports in port mappings must match.",
        "samples-kibana-kibana-fargate": "execution role ARN to support log driver awslogs.",
        "samples-tomcat-tomcat-ec2": "the host ports and container ports in port mappings must match.",
        "samples-tomcat-tomcat-fargate": "execution role ARN to support log driver awslogs.",
    ]

    @Test("task definitions that others use are registered, and what they say is read back")
    func registered() throws {
        let index = try AttributeValue(json: Array(TestData.load("taskdefs/index.json"))).listValue ?? []
        var passed = 0
        var total = 0
        for entry in index where entry["valid"] == true && entry["enum_errors"] == [] {
            let input = try AttributeValue(json: Array(TestData.load(#require(entry["file"]?.stringValue))))
            guard !input.isTemplate else { continue }
            total += 1
            var stage = ECSStage()
            let id = try #require(entry["id"]?.stringValue)
            let fault = try stage.refusal("RegisterTaskDefinition", input)
            if let message = Self.refused[id] {
                #expect(fault?.message.hasSuffix(message) ?? false, "\(id)")
            } else {
                try #require(fault == nil, "\(id)")
                try expectReadBack(input, in: &stage)
            }
            passed += 1
        }
        TestData.report("task definitions", passed: passed, of: total)
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

extension AttributeValue {
    /// Whether the image or the size of a task definition is still to be filled in.
    fileprivate var isTemplate: Bool {
        let images = (self["containerDefinitions"]?.listValue ?? []).compactMap { $0["image"]?.stringValue }
        let cpu = self["cpu"]?.stringValue ?? ""
        return images.contains { $0.contains("$") || $0.contains("{") } || cpu.contains("$") || cpu.contains("TaskCPU")
    }
}
