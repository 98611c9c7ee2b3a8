import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

/// The requests and answers that AWS documents.
@Suite(.tags(.small), TestData.isPresent())
struct ExampleTests {
    /// Members of examples that belong to what is not imitated.
    private static let beyond: Set<String> = [
        "taskSets", "capacityProviderStrategy", "attachmentsStatus", "statusReason", "volumeConfigurations",
        "configuration", "serviceConnectConfiguration",
    ]

    private func examples(_ kind: String) throws -> [AttributeValue] {
        let all = try AttributeValue(json: Array(TestData.load("api-examples.json"))).listValue ?? []
        return all.filter { example in
            example["service"] == "ecs" && example["kind"]?.stringValue == kind && example["valid"] == true
                && ImitatedService.ecs.operations[example["op"]?.stringValue ?? ""] != nil
        }
    }

    @Test("documented requests are read")
    func requests() throws {
        let examples = try examples("input")
        var passed = 0
        for example in examples {
            let operation = try #require(example["op"]?.stringValue)
            let body = try #require(example["json"]).json()
            let request = WireRequest(
                headers: ["X-Amz-Target": "AmazonEC2ContainerServiceV20141113.\(operation)"], body: body)
            // One of them is an answer in the place of a request.
            if (try? ServiceModel.ecs.decodeRequest(request)) != nil { passed += 1 }
        }
        #expect(passed >= examples.count - 1)
        TestData.report("documented requests", passed: passed, of: examples.count)
    }

    @Test("answers have the members that AWS documents")
    func answers() throws {
        var ours = try ourAnswers()
        var passed = 0
        let examples = try examples("output")
        for example in examples {
            let operation = try #require(example["op"]?.stringValue)
            guard let answer = ours[operation] else { continue }
            let missing = try #require(example["json"]).members.subtracting(answer.members).subtracting(Self.beyond)
            #expect(missing.isEmpty, "\(example["id"]?.stringValue ?? "")")
            passed += 1
        }
        ours.removeAll()
        TestData.report("documented answers", passed: passed, of: examples.count)
    }

    /// Of each operation, from a service with a load balancer.
    private func ourAnswers() throws -> [String: AttributeValue] {
        var stage = try ECSStage.withTaskDefinition()
        let group = try stage.makeTargetGroup()
        let tags: AttributeValue = [["key": "team", "value": "blue"]]
        var answers: [String: AttributeValue] = [:]
        answers["CreateCluster"] = try stage("CreateCluster", ["clusterName": "other", "tags": tags])
        answers["DescribeClusters"] = try stage(
            "DescribeClusters", ["include": ["TAGS", "SETTINGS", "ATTACHMENTS", "STATISTICS"]])
        answers["ListClusters"] = try stage("ListClusters")
        answers["UpdateCluster"] = try stage("UpdateCluster", ["cluster": "other"])
        answers["DeleteCluster"] = try stage("DeleteCluster", ["cluster": "other"])
        answers["RegisterTaskDefinition"] = try stage(
            "RegisterTaskDefinition",
            stage.merged(
                ECSStage.taskDefinition,
                [
                    "containerDefinitions": [
                        [
                            "name": "app", "image": "x", "memory": 10, "command": ["sleep"],
                            "portMappings": [["containerPort": 8080]],
                        ]
                    ]
                ]))
        answers["CreateService"] = try stage(
            "CreateService",
            stage.creation([
                "tags": tags,
                "loadBalancers": [["targetGroupArn": .string(group), "containerName": "app", "containerPort": 8080]],
            ]))
        stage.pass(seconds: 1)
        answers["UpdateService"] = try stage("UpdateService", ["service": "web", "desiredCount": 1])
        answers["ListTagsForResource"] = try stage(
            "ListTagsForResource", ["resourceArn": #require(answers["CreateService"]?["service"]?["serviceArn"])])
        let deployment = try #require(answers["UpdateService"]?["service"]?["currentServiceDeployment"])
        answers["ListServiceDeployments"] = try stage("ListServiceDeployments", ["service": "web"])
        answers["ListAccountSettings"] = try stage("ListAccountSettings", ["effectiveSettings": true])
        answers["PutAccountSettingDefault"] = try stage(
            "PutAccountSettingDefault", ["name": "serviceLongArnFormat", "value": "enabled"])
        let described = try stage("DescribeServiceDeployments", ["serviceDeploymentArns": [deployment]])
        let revision = try #require(described["serviceDeployments"]?[0]?["targetServiceRevision"]?["arn"])
        answers["DescribeServiceRevisions"] = try stage(
            "DescribeServiceRevisions", ["serviceRevisionArns": [revision]])
        return answers
    }
}

extension AttributeValue {
    /// The names of all members in it, at whatever depth; names that callers choose are among them.
    fileprivate var members: Set<String> {
        switch self {
        case .map(let members):
            members.reduce(into: Set(members.keys)) { $0.formUnion($1.value.members) }
        case .list(let elements): elements.reduce(into: []) { $0.formUnion($1.members) }
        case .null, .bool, .int, .number, .string: []
        }
    }
}
