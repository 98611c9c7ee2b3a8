import AWSClient
import AttributeTree
package import Reconciliation
import ResourceModel

extension ECSService {
    /// What a change has set going: the deployment that is followed until it is done, by its id, when AWS made it, in
    /// seconds since 1970, and the ARN of its service deployment.
    static let startedDeployment = "deployment"
    static let startedDeploymentTime = "deploymentTime"
    static let startedServiceDeployment = "serviceDeployment"

    package func create(_ request: CreateRequest) async throws -> ChangeResult {
        let input = Self.creation(request)
        // A service of the same name that was deleted a moment ago drains for as long as its tasks take to stop.
        let output = try await aws.patiently(upTo: .seconds(900)) { try await aws.ecs("CreateService", input) }
        return try Self.result(output, of: "ecs:CreateService")
    }

    static func creation(_ request: CreateRequest) -> AttributeValue {
        var input = Translator.ecs.input(request.attributes, by: schema.spec)
        input["serviceName"] = .string(request.cloudName)
        input["clientToken"] = .string(request.clientToken)
        input["tags"] = Translator.ecs.tags(request)
        if input["desiredCount"] == nil, input["schedulingStrategy"] != "DAEMON" { input["desiredCount"] = 1 }
        // None means the VPC's default group. AWS takes the member's absence for that too; not every server like it does.
        if var network = input["networkConfiguration"]?["awsvpcConfiguration"] {
            network["securityGroups"] = network["securityGroups"] ?? []
            input["networkConfiguration"] = ["awsvpcConfiguration": network]
        }
        return input
    }

    package func update(_ request: UpdateRequest) async throws -> ChangeResult {
        let target = ChangeTarget(request, schema: Self.schema, translator: .ecs)
        var result = ChangeResult(identity: request.identity)
        if let input = Self.modification(target) {
            let output = try await aws.patiently { try await aws.ecs("UpdateService", input) }
            result = try Self.result(output, of: "ecs:UpdateService")
        }
        try await aws.changeECSTags(target)
        return result
    }

    /// The input of `UpdateService`; `nil` when nothing that it changes has changed.
    static func modification(_ target: ChangeTarget) -> AttributeValue? {
        let request = target.request
        var input = target.input(except: ["tags", "launchType", "cluster"])
        let movesTasks = !Set(request.fields).isDisjoint(with: ["launchType", "capacityProviderStrategy"])
        if movesTasks {
            // Without a strategy the launch type counts again; with another one AWS asks for a deployment.
            input["capacityProviderStrategy"] = input["capacityProviderStrategy"] ?? []
            input["forceNewDeployment"] = true
        }
        guard input != [:] else { return nil }
        input["service"] = .string(request.identity.id)
        input["cluster"] = request.identity.properties[clusterProperty].map { .string($0) }
        return input
    }

    /// Deletes with its tasks, and returns when the name is free: what drains still has it.
    package func delete(_ request: DeleteRequest) async throws {
        var input: AttributeValue = ["service": .string(request.identity.id), "force": true]
        guard let cluster = request.identity.properties[Self.clusterProperty] else { return }
        input["cluster"] = .string(cluster)
        try await unlessAbsent("ServiceNotFoundException", "ServiceNotActiveException", "ClusterNotFoundException") {
            _ = try await aws.patiently { try await aws.ecs("DeleteService", input) }
        }
        try await aws.waiting {
            let services = try await everything([request.identity.id], in: cluster)
            return services.values.allSatisfy { $0["status"] == "INACTIVE" }
        }
    }

    private static func result(_ output: AttributeValue, of operation: String) throws -> ChangeResult {
        let service = output["service"] ?? [:]
        guard let identity = identity(of: service) else {
            throw AWSError(
                operation: operation, kind: .unreadable, code: "MissingMember",
                message: "the answer does not name the service", attempts: 1)
        }
        let deployment = primary(of: service)
        var started: [String: String] = [:]
        started[startedDeployment] = deployment?["id"]?.stringValue
        started[startedDeploymentTime] = deployment?["createdAt"]?.doubleValue.map { String($0) }
        // A change that starts no deployment is answered with one that has ended, perhaps in a rollback.
        if deployment?["rolloutState"] != "COMPLETED" {
            started[startedServiceDeployment] = service["currentServiceDeployment"]?.stringValue
        }
        return ChangeResult(identity: identity, started: started)
    }
}
