import AWSModel
import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

/// The requests and answers that AWS documents.
@Suite(.tags(.small), TestData.isPresent())
struct ExampleTests {
    /// What examples show of what is not imitated, or only of a service that uses it.
    private static let beyond: Set<String> = [
        "attachments", "attachmentsStatus", "attributes", "capacityProviderStrategy", "configuration",
        "containerInstanceArn", "defaultCapacityProviderStrategy", "imageDigest", "loadBalancerName",
        "serviceConnectDefaults", "statusReason",
        "taskSets", "volumeConfigurations",
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
        let ours = try ourAnswers()
        var passed = 0
        let examples = try examples("output")
        for example in examples {
            let operation = try #require(example["op"]?.stringValue)
            let answer = try #require(ours[operation], "\(operation) was not called")
            let documented = try #require(example["json"]).members(without: Self.beyond)
            let missing = documented.subtracting(answer.members(without: []))
            #expect(missing.isEmpty, "\(example["id"]?.stringValue ?? "")")
            passed += 1
        }
        TestData.report("documented answers", passed: passed, of: examples.count)
    }

    /// Of each operation, from a service with a load balancer.
    private func ourAnswers() throws -> [String: AttributeValue] {
        var (stage, answers) = try answersOfCreation()
        stage.pass(seconds: 1)
        answers["UpdateService"] = try stage("UpdateService", ["service": "web", "desiredCount": 1])
        answers["ListTagsForResource"] = try stage(
            "ListTagsForResource", ["resourceArn": #require(answers["CreateService"]?["service"]?["serviceArn"])])
        // It is superseded, and so has an end.
        let deployment = try #require(answers["UpdateService"]?["service"]?["currentServiceDeployment"])
        try stage("UpdateService", ["service": "web", "forceNewDeployment": true])
        answers["ListServiceDeployments"] = try stage("ListServiceDeployments", ["service": "web"])
        answers["ListAccountSettings"] = try stage("ListAccountSettings", ["effectiveSettings": true])
        answers["PutAccountSettingDefault"] = try stage(
            "PutAccountSettingDefault", ["name": "serviceLongArnFormat", "value": "enabled"])
        let described = try stage("DescribeServiceDeployments", ["serviceDeploymentArns": [deployment]])
        let revision = try #require(described["serviceDeployments"]?[0]?["targetServiceRevision"]?["arn"])
        answers["DescribeServiceRevisions"] = try stage(
            "DescribeServiceRevisions", ["serviceRevisionArns": [revision]])
        answers["DescribeServiceDeployments"] = described
        answers["DescribeServices"] = try stage("DescribeServices", ["services": ["web"], "include": ["TAGS"]])
        answers["DeleteAccountSetting"] = try stage("DeleteAccountSetting", ["name": "serviceLongArnFormat"])
        answers["ListContainerInstances"] = try stage("ListContainerInstances")
        answers["ListAttributes"] = try stage("ListAttributes", ["targetType": "container-instance"])
        try answers.merge(answersAboutTasks(&stage)) { $1 }
        answers["DeregisterTaskDefinition"] = try stage("DeregisterTaskDefinition", ["taskDefinition": "web:2"])
        answers["DeleteTaskDefinitions"] = try stage("DeleteTaskDefinitions", ["taskDefinitions": ["web:2"]])
        return answers
    }

    /// Of tasks on Fargate and on instances, of which one ends.
    private func answersAboutTasks(_ stage: inout ECSStage) throws -> [String: AttributeValue] {
        let container: AttributeValue = [
            "name": "app", "image": "x", "memory": 10, "portMappings": [["containerPort": 80]],
        ]
        try stage("RegisterTaskDefinition", ["family": "bridge", "containerDefinitions": [container]])
        try stage(
            "PutClusterCapacityProviders",
            [
                "cluster": "default", "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": [],
            ])
        var answers: [String: AttributeValue] = [:]
        answers["RunTask"] = try stage(
            "RunTask",
            stage.launch([
                "launchType": .null, "startedBy": "me",
                "capacityProviderStrategy": [["capacityProvider": "FARGATE", "weight": 1]],
            ]))
        let onFargate = try #require(answers["RunTask"]?["tasks"]?[0]?["taskArn"]?.stringValue)
        let onInstance = try stage.runTask([
            "taskDefinition": "bridge", "launchType": "EC2", "networkConfiguration": .null,
        ])
        for arn in [onFargate, onInstance] { try stage.startContainers(of: arn) }
        answers["DescribeTasks"] = try stage("DescribeTasks", ["tasks": [.string(onFargate), .string(onInstance)]])
        answers["ListTasks"] = try stage("ListTasks")
        try stage("StopTask", ["task": .string(onFargate)])
        try stage.endContainers(of: onFargate, exitCode: 0)
        answers["StopTask"] = try stage("StopTask", ["task": .string(onFargate)])
        return answers
    }

    private func answersOfCreation() throws -> (ECSStage, [String: AttributeValue]) {
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
        answers["RegisterTaskDefinition"] = try stage("RegisterTaskDefinition", taskDefinition(in: stage))
        answers["CreateService"] = try stage(
            "CreateService",
            stage.creation([
                "tags": tags,
                "loadBalancers": [["targetGroupArn": .string(group), "containerName": "app", "containerPort": 8080]],
            ]))
        return (stage, answers)
    }

    private func taskDefinition(in stage: ECSStage) -> AttributeValue {
        let options: AttributeValue = [
            "awslogs-group": "web", "awslogs-region": "local-1", "awslogs-stream-prefix": "web",
            "awslogs-create-group": "true",
        ]
        let container: AttributeValue = [
            "name": "app", "image": "x", "memory": 10, "command": ["sleep"], "entryPoint": ["sh"],
            "portMappings": [["containerPort": 8080]],
            "logConfiguration": ["logDriver": "awslogs", "options": options],
        ]
        let role: AttributeValue = "arn:aws:iam::000000000000:role/task"
        return stage.merged(
            ECSStage.taskDefinition,
            ["containerDefinitions": [container], "taskRoleArn": role, "executionRoleArn": role])
    }
}

extension AttributeValue {
    /// The names of all members in it, at whatever depth, but for some and what they hold.
    fileprivate func members(without beyond: Set<String>) -> Set<String> {
        switch self {
        case .map(let members):
            members.filter { !beyond.contains($0.key) }
                .reduce(into: []) { $0.formUnion($1.value.members(without: beyond).union([$1.key])) }
        case .list(let elements): elements.reduce(into: []) { $0.formUnion($1.members(without: beyond)) }
        case .null, .bool, .int, .number, .string: []
        }
    }
}
