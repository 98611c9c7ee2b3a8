import AttributeTree
package import Reconciliation
import ResourceModel

extension ECSTaskDefinition {
    /// Carries the hash of what was sent, which finds a revision whose registration was never answered.
    static let contentTag = "reconcile:content"

    /// Registers a revision, every time: the same content again is another revision.
    package func create(_ request: CreateRequest) async throws -> ChangeResult {
        let input = Self.registration(request)
        let output = try await aws.patiently {
            try await aws.ecs("RegisterTaskDefinition", input, repeatable: false)
        }
        let answer = AWSAnswer(output, of: "ecs:RegisterTaskDefinition")
        let arn = try answer.string("taskDefinition", "taskDefinitionArn")
        return ChangeResult(identity: ResourceIdentity(id: arn), started: ["revision": arn])
    }

    /// The input of the call. Sizes are sent in the form that every backend takes: `0.25 vCPU` as `256`.
    static func registration(_ request: CreateRequest) -> AttributeValue {
        var attributes = request.attributes
        for name in ["cpu", "memory"] {
            guard let value = attributes[name], let normalize = schema.spec[name]?.normalize else { continue }
            attributes[name] = normalize(value)
        }
        attributes["containerDefinitions"] = attributes["containerDefinitions"].map(withoutUnsetVariables)
        var input = Translator.ecs.input(attributes, by: schema.spec)
        input["family"] = .string(request.cloudName)
        input["tags"] = Translator.ecs.tags(request, adding: [contentTag: request.contentHash])
        return input
    }

    /// A revision keeps its content; only its tags can be another.
    package func update(_ request: UpdateRequest) async throws -> ChangeResult {
        try await aws.changeECSTags(ChangeTarget(request, schema: Self.schema, translator: .ecs))
        return ChangeResult(identity: request.identity)
    }

    /// A revision that is still run by tasks goes on to run them; it cannot be used for new ones.
    package func delete(_ request: DeleteRequest) async throws {
        guard try await describe(request.identity.id) != nil else { return }
        _ = try await aws.patiently {
            try await aws.ecs("DeregisterTaskDefinition", ["taskDefinition": .string(request.identity.id)])
        }
    }
}
