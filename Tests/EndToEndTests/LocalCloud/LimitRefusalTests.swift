import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// Batches over AWS's limits, deletions of what others need, and calls that are not what the API describes.
    @Suite(PythonPrograms.areInstalled())
    struct LimitRefusalTests {
        @Test("more in one call than AWS takes is refused")
        func batches() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3("ecs", "create_cluster", ["clusterName": "walk"])
                let invalid = "InvalidParameterException"
                func ecs(_ operation: String, _ member: String, _ count: Int, _ code: String) -> Refused {
                    let parameters = member == "clusters" ? [:] : ["cluster": "walk"] as AttributeValue
                    return Refused(
                        "\(count) in \(operation)",
                        Boto3.Call("ecs", operation, parameters.but([member: names(count)])), code,
                        "at most \(count - 1) items")
                }
                let arns = names(21, prefix: "arn:aws:ecs:local-1:000000000000:x/")
                try await stage.boto3.expect([
                    ecs("describe_services", "services", 11, invalid),
                    ecs("describe_clusters", "clusters", 101, invalid),
                    ecs("describe_tasks", "tasks", 101, invalid),
                    Refused(
                        "11 in delete_task_definitions",
                        Boto3.Call("ecs", "delete_task_definitions", ["taskDefinitions": names(11)]), invalid,
                        "at most 10 items"),
                    Refused(
                        "21 in describe_service_deployments",
                        Boto3.Call("ecs", "describe_service_deployments", ["serviceDeploymentArns": arns]), invalid,
                        "at most 20 items"),
                    Refused(
                        "21 in describe_service_revisions",
                        Boto3.Call("ecs", "describe_service_revisions", ["serviceRevisionArns": arns]), invalid,
                        "at most 20 items"),
                    Refused(
                        "pages of 101",
                        Boto3.Call("ecs", "list_services", ["cluster": "walk", "maxResults": 101]), invalid, "100"),
                    Refused(
                        "21 in describe_tags", Boto3.Call("elbv2", "describe_tags", ["ResourceArns": arns]),
                        "ValidationError", "20"),
                    Refused(
                        "21 in describe_load_balancers",
                        Boto3.Call("elbv2", "describe_load_balancers", ["Names": names(21)]), "ValidationError", "20"),
                ])
            }
        }

        @Test("what others need is not deleted")
        func inUse() async throws {
            try await BotoStage.with { stage in
                let group =
                    try await stage.boto3(
                        "ec2", "create_security_group", ["GroupName": "web", "Description": "web"])["GroupId"] ?? .null
                try await stage.boto3("ecs", "create_cluster", ["clusterName": "walk"])
                try await stage.register(BotoStage.hello())
                try await stage.boto3(
                    "elbv2", "create_load_balancer",
                    ["Name": "front", "Subnets": stage.subnets, "SecurityGroups": [group]])
                try await stage.boto3("ecs", "create_service", stage.service)
                try await stage.boto3("s3", "create_bucket", bucket)
                try await stage.boto3("s3", "put_object", ["Bucket": "state", "Key": "a", "Body": "a"])
                try await stage.boto3.expect([
                    Refused(
                        "a cluster with services", Boto3.Call("ecs", "delete_cluster", ["cluster": "walk"]),
                        "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active."),
                    Refused(
                        "a security group of a load balancer",
                        Boto3.Call("ec2", "delete_security_group", ["GroupId": group]), "DependencyViolation",
                        "has a dependent object"),
                    Refused(
                        "a security group of the same name",
                        Boto3.Call(
                            "ec2", "create_security_group", ["GroupName": "web", "Description": "again"]),
                        "InvalidGroup.Duplicate", "The security group 'web' already exists for VPC"),
                    Refused(
                        "a bucket with objects", Boto3.Call("s3", "delete_bucket", ["Bucket": "state"]),
                        "BucketNotEmpty", status: 409, "The bucket you tried to delete is not empty"),
                    Refused(
                        "a bucket that is there", Boto3.Call("s3", "create_bucket", bucket),
                        "BucketAlreadyOwnedByYou", status: 409, ""),
                ])
                let deleted = try await stage.boto3(
                    "ecs", "delete_task_definitions", ["taskDefinitions": ["hello:1"]])
                #expect(deleted["failures"]?[0]?["reason"] == "TASK_DEFINITION_NOT_INACTIVE")
            }
        }

        @Test("a call is refused whose members are missing or not of their type, and one of no operation offered")
        func forms() async throws {
            try await BotoStage.with { stage in
                let careless: AttributeValue = ["careless": true]
                func call(_ service: String, _ operation: String, _ parameters: AttributeValue = [:]) -> Boto3.Call {
                    Boto3.Call(service, operation, parameters).signed(careless)
                }
                try await stage.boto3.expect([
                    Refused(
                        "ECS: a number that is none",
                        call("ecs", "create_service", stage.service.but(["desiredCount": "two"])),
                        "SerializationException", ""),
                    Refused(
                        "ECS: a missing member", call("ecs", "describe_services", ["cluster": "walk"]),
                        "InvalidParameterException", ""),
                    Refused(
                        "ECS: a value that is none of the enumerated",
                        call("ecs", "create_service", stage.service.but(["launchType": "MOON"])),
                        "InvalidParameterException", ""),
                    Refused(
                        "ELBv2: a missing member", call("elbv2", "create_listener", ["Port": 80]), "ValidationError", ""
                    ),
                    Refused(
                        "ELBv2: a port out of range",
                        call(
                            "elbv2", "create_target_group", ["Name": "web", "Protocol": "HTTP", "Port": 70000]),
                        "ValidationError", ""),
                    Refused(
                        "EC2: a missing member", call("ec2", "create_security_group", ["GroupName": "web"]),
                        "MissingParameter", ""),
                    Refused(
                        "IAM: a missing member", call("iam", "create_role", ["RoleName": "task"]), "ValidationError", ""
                    ),
                    Refused(
                        "ECS: an operation that is not offered", call("ecs", "discover_poll_endpoint"),
                        "UnknownOperationException", ""),
                    Refused(
                        "ELBv2: an operation that is not offered", call("elbv2", "describe_trust_stores"),
                        "InvalidAction", ""),
                ])
            }
        }
    }
}

private let bucket: AttributeValue = [
    "Bucket": "state", "CreateBucketConfiguration": ["LocationConstraint": "local-1"],
]

private func names(_ count: Int, prefix: String = "n") -> AttributeValue {
    .list((1...count).map { .string("\(prefix)\($0)") })
}
