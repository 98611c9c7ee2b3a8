package import AttributeTree
import Diagnosis
package import Reconciliation
package import ResourceModel
package import StateModel

/// AWS, or whatever answers like it.
package struct AWSProvider: Provider {
    package let kinds: [any ResourceKind]
    private let aws: AWSAccess

    package init(_ aws: AWSAccess) {
        self.aws = aws
        kinds = [
            ECSCluster(aws), ECSTaskDefinition(aws), ELBLoadBalancer(aws), ELBTargetGroup(aws), ELBListener(aws),
            ECSService(aws),
        ]
    }

    /// The kinds as values, in the order in which the reference lists them: what can be said without an account.
    package static let catalog = KindCatalog([
        ECSCluster.definition, ECSTaskDefinition.definition, ELBLoadBalancer.definition, ELBTargetGroup.definition,
        ELBListener.definition, ECSService.definition,
    ])

    package var catalog: KindCatalog { Self.catalog }

    package func lookUp(_ lookups: Set<Lookup>) async throws -> [Lookup: AttributeValue] {
        let found = try await DefaultNetwork(aws: aws).lookUp(Set(lookups.map(\.subject)))
        let pairs = lookups.compactMap { lookup in found[lookup.subject].map { (lookup, $0) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    package func explain(_ request: SettleRequest, at time: Double) async throws -> [Explanation] {
        let services = request.items.filter { $0.address.kind == .service }
        return try await aws.each(services) { [aws] item in
            let tasks = request.rows[ResourceAddress(kind: .tasks, name: item.address.name)]
            var gatherer = EvidenceGatherer(aws, item, tasksRow: tasks, at: time)
            return try await gatherer.gather().flatMap(Diagnosis.explain)
        }.compactMap(\.self)
    }

    package func explain(_ refusal: CallRefusal, of address: ResourceAddress) -> Explanation? {
        explainRefusal(of: refusal.operation, with: refusal.code, refusal.words, at: address)
    }

    package var calls: [String: Int] { aws.calling.callCounts }

    /// Clusters are ready in moments; tasks take their time, and every round of asking about them costs calls.
    package func pollInterval(for kind: KindName) -> Duration {
        switch kind {
        case .service, .targetGroup, .loadBalancer: .seconds(3)
        default: .seconds(2)
        }
    }
}
