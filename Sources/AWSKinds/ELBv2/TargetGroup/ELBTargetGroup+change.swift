import AttributeTree
package import Reconciliation
import ResourceModel

extension ELBTargetGroup {
    /// The same call again gives what the first one made.
    package func create(_ request: CreateRequest) async throws -> ChangeResult {
        let output = try await aws.elb("CreateTargetGroup", Self.creation(request))
        let arn = try AWSAnswer(output, of: "elbv2:CreateTargetGroup").string("TargetGroups", "0", "TargetGroupArn")
        try await aws.refuseToTakeOver(arn, request)
        try await attributes.create(request, arn: arn)
        return ChangeResult(identity: ResourceIdentity(id: arn))
    }

    static func creation(_ request: CreateRequest) -> AttributeValue {
        var input = Translator.elbv2.input(request.attributes, by: schema.spec)
        input["Attributes"] = nil
        if input["TargetType"] == "lambda" { input["VpcId"] = nil }
        input["Name"] = .string(request.cloudName)
        input["Tags"] = Translator.elbv2.tags(request)
        return input
    }

    package func update(_ request: UpdateRequest) async throws -> ChangeResult {
        let target = ChangeTarget(request, schema: Self.schema, translator: .elbv2)
        let input = target.input(except: ["attributes", "tags"])
        if input != [:] {
            _ = try await aws.elb("ModifyTargetGroup", input.with("TargetGroupArn", .string(request.identity.id)))
        }
        try await attributes.update(request)
        try await aws.changeELBTags(target)
        return ChangeResult(identity: request.identity)
    }

    /// A listener that let go of it a moment ago may still be seen to use it.
    package func delete(_ request: DeleteRequest) async throws {
        try await unlessAbsent("TargetGroupNotFound") {
            _ = try await aws.patiently {
                try await aws.elb("DeleteTargetGroup", ["TargetGroupArn": .string(request.identity.id)])
            }
        }
    }
}
