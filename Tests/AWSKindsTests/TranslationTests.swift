import AWSModel
import AttributeTree
import Foundation
import Planning
import ResourceModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("AWS's words and the manifest's", .tags(.small))
struct TranslationTests {
    /// An answer from AWS's documentation.
    private struct Example {
        var id: String
        var output: AttributeValue

        static func all() throws -> [Example] {
            let examples = try AttributeValue(json: Array(TestData.load("api-examples.json"))).listValue ?? []
            return examples.compactMap { example in
                guard example["kind"] == "output", example["valid"] == true, let id = example["id"]?.stringValue,
                    let output = example["json"]
                else { return nil }
                return Example(id: id, output: output)
            }
        }
    }

    private func observed(_ id: String, _ path: String...) throws -> AttributeValue {
        var value = try #require(try Example.all().first { $0.id == id }).output
        for name in path { value = try #require(Int(name).map { value[$0] } ?? value[name]) }
        return value
    }

    @Test(TestData.isPresent())
    func `a service reads as a manifest would say it`() throws {
        let service = try #require(ECSService.observed(try observed("ecs/CreateService/output/0", "service")))
        #expect(service.cloudName == "MyService")
        #expect(
            service.identity
                == ResourceIdentity(
                    id: "arn:aws:ecs:us-west-2:123456789012:service/MyCluster/MyService",
                    properties: ["cluster": "arn:aws:ecs:us-west-2:123456789012:cluster/MyCluster"]))
        let expected: AttributeValue = [
            "serviceName": "MyService", "cluster": "arn:aws:ecs:us-west-2:123456789012:cluster/MyCluster",
            "taskDefinition": "arn:aws:ecs:us-west-2:123456789012:task-definition/sample-fargate:1",
            "desiredCount": 2, "launchType": "FARGATE", "platformVersion": "LATEST",
            "deploymentConfiguration": ["maximumPercent": 200, "minimumHealthyPercent": 100],
            "networkConfiguration": [
                "awsvpcConfiguration": [
                    "subnets": ["subnet-12344321"], "securityGroups": ["sg-12344321"], "assignPublicIp": "ENABLED",
                ]
            ],
            "schedulingStrategy": "REPLICA",
            "tags": ["key1": "value1", "key2": "value2", "key3": "value3"],
        ]
        for (name, value) in expected.mapValue ?? [:] { #expect(service.attributes[name] == value, "\(name)") }
        #expect(service.attributes["role"] == nil, "the service-linked role is what AWS takes when none is given")
    }

    @Test(TestData.isPresent())
    func `volumes of a service are those of its deployment`() throws {
        let service = try #require(ECSService.observed(try observed("ecs/CreateService/output/4", "service")))
        #expect(
            service.attributes["volumeConfigurations"] == [
                [
                    "name": "myEBSVolume",
                    "managedEBSVolume": [
                        "volumeType": "gp3", "sizeInGiB": 100, "iops": 3000, "throughput": 125,
                        "role": "arn:aws:iam::123456789012:role/ecsInfrastructureRole", "filesystemType": "ext4",
                    ],
                ]
            ])
    }

    @Test(TestData.isPresent())
    func `a load balancer reads its subnets from its zones`() throws {
        let balancer = try #require(
            ELBLoadBalancer.observed(try observed("elbv2/CreateLoadBalancer/output/0", "LoadBalancers", "0")))
        #expect(balancer.identity.properties == ["dnsName": "my-load-balancer-424835706.us-west-2.elb.amazonaws.com"])
        #expect(balancer.attributes["subnets"] == ["subnet-8360a9e7", "subnet-b7d581c0"])
        #expect(balancer.attributes["securityGroups"] == ["sg-5943793c"])
        #expect(balancer.attributes["scheme"] == "internet-facing")
    }

    @Test(TestData.isPresent())
    func `a listener has one normal form, however its action is written`() throws {
        let arn = "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067"
        let listener = try #require(
            ELBListener.observed(try observed("elbv2/DescribeListeners/output/1", "Listeners", "0"), name: "https"))
        #expect(
            listener.attributes["certificates"]?[0] == [
                "certificate": "arn:aws:iam::123456789012:server-certificate/my-server-cert"
            ])
        let written: [AttributeValue] = [
            ["type": "forward", "targetGroup": .string(arn)],
            ["type": "forward", "targetGroup": .string(arn), "order": 1],
            ["type": "forward", "forwardConfig": ["targetGroups": [["targetGroup": .string(arn), "weight": 1]]]],
            [
                "type": "forward", "targetGroup": .string(arn),
                "forwardConfig": [
                    "targetGroups": [["targetGroup": .string(arn), "weight": 1]],
                    "targetGroupStickinessConfig": ["enabled": false, "durationSeconds": 3600],
                ],
            ],
        ]
        let forms = Set(written.map { ELBListener.normalize(["defaultActions": [$0]]) })
        #expect(forms == [ELBListener.normalize(["defaultActions": listener.attributes["defaultActions"] ?? []])])
    }

    @Test(TestData.isPresent())
    func `every documented answer that describes a resource of a kind can be read`() throws {
        var passed = 0
        var total = 0
        for example in try Example.all() {
            let output = example.output
            let readings: [(AttributeValue?, (AttributeValue) -> ObservedResource?)] = [
                (output["cluster"], ECSCluster.observed), (output["service"], ECSService.observed),
                (output["clusters"]?[0], ECSCluster.observed), (output["services"]?[0], ECSService.observed),
                (output["LoadBalancers"]?[0], ELBLoadBalancer.observed),
                (output["TargetGroups"]?[0], ELBTargetGroup.observed),
                (output["Listeners"]?[0], { ELBListener.observed($0, name: "l") }),
                (output["taskDefinition"], { ECSTaskDefinition.observed(["taskDefinition": $0]) }),
            ]
            for case (let value?, let read) in readings {
                total += 1
                if read(value) != nil { passed += 1 } else { print("\(example.id) is not read") }
            }
        }
        TestData.report("answers read as resources", passed: passed, of: total)
        #expect(passed == total)
    }

    // Tags go as AWS takes them: a list in the order of keys, with members of the service's own case.
    @Test func `what is read is what was written`() throws {
        let attributes: AttributeValue = [
            "loadBalancer": "arn:lb", "protocol": "HTTPS", "port": 443,
            "certificates": [["certificate": "arn:c"]], "tags": ["b": "2", "a": "1"],
            "defaultActions": [["type": "forward", "targetGroup": "arn:tg"]],
        ]
        let schema = ELBListener.schema.spec
        let input = Translator.elbv2.input(attributes, by: schema)
        #expect(
            input == [
                "LoadBalancerArn": "arn:lb", "Protocol": "HTTPS", "Port": 443,
                "Certificates": [["CertificateArn": "arn:c"]],
                "Tags": [["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"]],
                "DefaultActions": [["Type": "forward", "TargetGroupArn": "arn:tg"]],
            ])
        #expect(Translator.elbv2.attributes(input, by: schema) == attributes)
    }

    // Servers that are like AWS say an empty string where AWS says nothing; a variable may well be empty.
    @Test func `an empty string is nothing where only a few words or an identifier make sense`() throws {
        let definition: AttributeValue = [
            "taskRoleArn": "", "pidMode": "",
            "containerDefinitions": [["name": "app", "environment": [["name": "A", "value": ""]]]],
        ]
        let attributes = Translator.ecs.attributes(definition, by: ECSTaskDefinition.schema.spec)
        #expect(
            attributes == [
                "containerDefinitions": [["name": "app", "environment": [["name": "A", "value": ""]]]]
            ])
    }

    // Sizes that mean the same, as AWS writes them.
    @Test(arguments: [
        ("0.25 vCPU", "256"), (".25 vcpu", "256"), ("256", "256"), ("1 vCPU", "1024"), ("16 vCPU", "16384"),
    ])
    func `a CPU size has one form`(written: String, normal: String) {
        #expect(TaskSize.cpuUnits(.string(written)) == .string(normal))
    }

    @Test(arguments: [("1 GB", "1024"), ("0.5GB", "512"), ("512", "512"), ("30 gb", "30720"), ("lots", "lots")])
    func `a memory size has one form`(written: String, normal: String) {
        #expect(TaskSize.mebibytes(.string(written)) == .string(normal))
    }

    @Test(arguments: [("awsvpc", 8080), ("host", 8080), ("bridge", 0)])
    func `the host port is what AWS fills in for the network mode`(mode: String, hostPort: Int) {
        func normal(_ mapping: AttributeValue) -> AttributeValue? {
            ECSTaskDefinition.normalize([
                "networkMode": .string(mode), "containerDefinitions": [["name": "app", "portMappings": [mapping]]],
            ])["containerDefinitions"]?[0]?["portMappings"]?[0]
        }
        let absent = normal(["containerPort": 8080])
        #expect((absent?["hostPort"] ?? 0) == .int(hostPort))
        #expect((normal(["containerPort": 8080, "hostPort": 0])?["hostPort"] ?? 0) == .int(hostPort))
    }
}
