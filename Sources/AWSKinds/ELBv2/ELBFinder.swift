import AWSClient
import AWSModel
import AttributeTree
import Reconciliation
import ResourceModel
import StateModel

/// Finds load balancers and target groups: by the ARN that is recorded, else by name.
///
/// AWS refuses a call that names one thing it does not know, so names are asked for singly while they are few, and
/// looked up in the list of everything when they are many.
struct ELBFinder: Sendable {
    var aws: AWSAccess
    /// `DescribeLoadBalancers`.
    var operation: String
    /// The member of the output.
    var results: String
    /// The members of the input: `LoadBalancerArns`, `Names`.
    var arns: String
    /// The code for what does not exist.
    var missing: String
    /// The members of a result.
    var arn: String
    var name: String

    /// How many names are asked for singly before the whole list is cheaper.
    private static let fewNames = 3
    /// How many ARNs are asked for in batches before that page is cheaper.
    private static let fewBatches = 40
    private static let pageSize = 400

    func find(_ items: [ObserveRequest.Item]) async throws -> [ResourceAddress: AttributeValue] {
        let byARN = try await describe(items.compactMap(\.recorded?.identity.id))
        var found: [ResourceAddress: AttributeValue] = [:]
        for item in items { found[item.address] = item.recorded.flatMap { byARN[$0.identity.id] } }
        let others = items.filter { found[$0.address] == nil }
        let byName = try await named(Set(others.compactMap(\.cloudName)))
        for item in others { found[item.address] = item.cloudName.flatMap { byName[$0] } }
        return found
    }

    /// By ARN. Where many are asked for, the first page of everything is likely to have them all: it costs one call, and
    /// batches of ARNs one for each 20.
    func describe(_ identifiers: [String]) async throws -> [String: AttributeValue] {
        guard identifiers.count > Self.fewBatches else { return try await inBatches(identifiers) }
        let page = try await aws.elb(operation, ["PageSize": .int(Self.pageSize)])
        let found = index(page[results]?.listValue ?? [], by: arn)
        guard page["NextMarker"] != nil else { return found }
        return found.merging(try await inBatches(identifiers.filter { found[$0] == nil })) { listed, _ in listed }
    }

    private func inBatches(_ identifiers: [String]) async throws -> [String: AttributeValue] {
        let answers = try await aws.batched(identifiers, by: 20, missing: missing) { batch in
            try await aws.elb(operation, [arns: .strings(batch)])[results]?.listValue ?? []
        }
        return index(answers, by: arn)
    }

    func named(_ names: Set<String>) async throws -> [String: AttributeValue] {
        guard names.count > Self.fewNames else {
            let answers = try await aws.batched(names.sorted(), by: 1, missing: missing) { batch in
                try await aws.elb(operation, ["Names": .strings(batch)])[results]?.listValue ?? []
            }
            return index(answers, by: name)
        }
        let output = try await aws.calling.pages(operation, of: .elbv2, ["PageSize": .int(Self.pageSize)])
        return index(output[results]?.listValue ?? [], by: name).filter { names.contains($0.key) }
    }

    private func index(_ answers: [AttributeValue], by member: String) -> [String: AttributeValue] {
        Dictionary(answers.compactMap { answer in answer[member]?.stringValue.map { ($0, answer) } }) { first, _ in
            first
        }
    }
}

extension AWSAccess {
    /// The tags of anything of Elastic Load Balancing, by ARN.
    func elbTags(of arns: [String]) async throws -> [String: OwnerTags] {
        let descriptions = try await batched(arns.sorted(), by: 20) { batch in
            try await elb("DescribeTags", ["ResourceArns": .strings(batch)])["TagDescriptions"]?.listValue ?? []
        }
        let pairs = descriptions.compactMap { description in
            description["ResourceArn"]?.stringValue.map {
                ($0, OwnerTags(Translator.elbv2.map(of: description["Tags"])))
            }
        }
        return Dictionary(pairs) { _, last in last }
    }
}

extension ObserveRequest.Item {
    /// Whether the manifest has a field, or had it when it was last applied.
    func mentions(_ field: String) -> Bool {
        desired?.attributes[field] != nil || recorded?.attributes[field] != nil
    }
}

/// The attributes of a load balancer, target group or listener, which have calls of their own.
struct ELBAttributes: Sendable {
    var aws: AWSAccess
    /// `LoadBalancer`: what stands in the names of the calls, `DescribeLoadBalancerAttributes`, and of their members.
    var noun: String
    /// What AWS takes for an attribute that was never set.
    var defaults: [String: String]

    /// They cost a call for each resource, and are asked for where a manifest or the record has any.
    func observe(_ item: ObserveRequest.Item, arn: String) async throws -> AttributeValue? {
        guard item.mentions("attributes") else { return nil }
        let output = try await aws.elb("Describe\(noun)Attributes", ["\(noun)Arn": .string(arn)])
        return .map(Translator.elbv2.map(of: output["Attributes"]).mapValues { .string($0) })
    }

    func set(_ attributes: [String: String], arn: String) async throws {
        for batch in attributes.sorted(by: { $0.key < $1.key }).chunked(by: 20) {
            let list = batch.map { AttributeValue.map(["Key": .string($0.key), "Value": .string($0.value)]) }
            _ = try await aws.elb("Modify\(noun)Attributes", ["\(noun)Arn": .string(arn), "Attributes": .list(list)])
        }
    }

    func create(_ request: CreateRequest, arn: String) async throws {
        try await set((request.attributes["attributes"]?.mapValue ?? [:]).compactMapValues(\.stringValue), arn: arn)
    }

    func update(_ request: UpdateRequest) async throws {
        guard request.fields.contains("attributes") else { return }
        try await set(changes(request), arn: request.identity.id)
    }

    /// What differs from what is observed, and for what the manifest no longer has, AWS's default.
    func changes(_ request: UpdateRequest) -> [String: String] {
        let wanted = (request.attributes["attributes"]?.mapValue ?? [:]).compactMapValues(\.stringValue)
        let recorded = (request.recorded["attributes"]?.mapValue ?? [:]).keys.filter { wanted[$0] == nil }
        let present = request.observed["attributes"]
        let reset = recorded.compactMap { key in defaults[key].map { (key, $0) } }
        return wanted.filter { present?[$0.key]?.stringValue != $0.value }
            .merging(reset) { wanted, _ in wanted }
    }
}
