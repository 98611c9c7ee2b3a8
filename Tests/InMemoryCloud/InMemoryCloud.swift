package import AttributeTree
package import Reconciliation
package import ResourceModel
package import StateModel
import Synchronization

/// A cloud in memory, of any kinds, that is as strict as a real one where order matters: what is referred to must exist,
/// what is referred to cannot be deleted, a name is taken once.
///
/// Every call can be made to fail, before or after it has had its effect, by a script.
package final class InMemoryCloud: Provider {
    package enum Verb: String, Sendable, Hashable, CaseIterable {
        case observe, create, update, delete, find, settle
    }

    package struct Call: Sendable, Hashable {
        package var verb: Verb
        package var kind: KindName
        /// `nil` for a call about many.
        package var address: ResourceAddress?
    }

    package enum Moment: Sendable {
        case before
        /// The call has had its effect, and its answer may be lost.
        case after
    }

    package struct Resource: Sendable, Equatable {
        package var id: String
        package var kind: KindName
        package var cloudName: String
        package var attributes: AttributeValue
        package var tags: [String: String]
        package var contentHash: String
        /// How often it will have to be asked about before it is final.
        package var roundsToFinal: Int
        package var failure: SettleFailure?

        package init(
            id: String, kind: KindName, cloudName: String, attributes: AttributeValue, tags: [String: String],
            contentHash: String = "", roundsToFinal: Int = 0, failure: SettleFailure? = nil
        ) {
            self.id = id
            self.kind = kind
            self.cloudName = cloudName
            self.attributes = attributes
            self.tags = tags
            self.contentHash = contentHash
            self.roundsToFinal = roundsToFinal
            self.failure = failure
        }
    }

    struct Content: Sendable {
        var resources: [String: Resource] = [:]
        /// By kind and name, the ids of what has that name, oldest first.
        var names: [String: [String]] = [:]
        /// How many resources refer to an id.
        var references: [String: Int] = [:]
        var count = 0
        var calls: [String: Int] = [:]
        var asked: [[ResourceAddress]] = []
    }

    package typealias Script = @Sendable (Call, Moment) async throws -> Void

    let content = Mutex(Content())
    let script: Script
    private let definitions: [KindDefinition]
    private let interval: Duration
    /// How many rounds a resource takes to become final, by kind; negative for never.
    let rounds: @Sendable (ResourceAddress) -> Int

    package init(
        _ definitions: [KindDefinition], interval: Duration = .seconds(1),
        rounds: @escaping @Sendable (ResourceAddress) -> Int = { _ in 1 },
        script: @escaping Script = { _, _ in }
    ) {
        self.definitions = definitions
        self.interval = interval
        self.rounds = rounds
        self.script = script
    }

    package var kinds: [any ResourceKind] { definitions.map { InMemoryKind(definition: $0, cloud: self) } }

    package func explain(_ request: SettleRequest, at time: Double) async throws -> [Explanation] { [] }

    package func lookUp(_ lookups: Set<Lookup>) async throws -> [Lookup: AttributeValue] {
        Dictionary(uniqueKeysWithValues: lookups.map { ($0, .string("mem:\($0.subject.rawValue)/\($0.word)")) })
    }

    package var calls: [String: Int] { content.withLock { $0.calls } }

    package func pollInterval(for kind: KindName) -> Duration { interval }

    /// Everything that exists, in the order of its making.
    package var resources: [Resource] {
        content.withLock { $0.resources.values.sorted { $0.id < $1.id } }
    }

    /// The resources of each settle call, in the order of the calls.
    package var asked: [[ResourceAddress]] { content.withLock { $0.asked } }

    /// Changes what exists behind the back of everybody.
    package func meddle(_ id: String, _ change: (inout Resource?) -> Void) {
        content.withLock { change(&$0.resources[id]) }
    }
}

/// The cloud says no.
package struct InMemoryRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}
