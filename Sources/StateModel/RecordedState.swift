package import ResourceModel

/// All that is recorded of one project in one environment.
///
/// Invariants, checked by ``violations()``:
/// 1. a resource is filed under its own address;
/// 2. the dependencies of a resource have no cycle;
/// 3. no two resources have, or had, the same identity;
/// 4. an intent's id is unique, and below ``nextIntentID``.
package struct RecordedState: Sendable, Equatable {
    /// The version of the format this program writes. A store with a higher one is refused.
    package static let formatVersion = 2

    /// What the numbers in a state may be: with room for the next, and exact for every reader of JSON.
    package static let numbers = 0..<1 << 53
    /// What the times in a state may be, in seconds since 1970: up to the last that a date has four digits for.
    package static let times = 0..<253_402_300_800.0

    /// Made once, when the state is: two states with different lineages were never the same.
    package var lineage: String
    /// Grows with every event; a saved plan is refused when it has grown.
    package var serial: Int
    /// Random, made once: what the digests of secret values are salted with.
    package var salt: String
    package var resources: [ResourceAddress: RecordedResource]
    /// Begun and without an outcome, oldest first.
    package var intents: [Intent]
    package var nextIntentID: Int

    package init(
        lineage: String, serial: Int = 0, salt: String, resources: [ResourceAddress: RecordedResource] = [:],
        intents: [Intent] = [], nextIntentID: Int = 1
    ) {
        self.lineage = lineage
        self.serial = serial
        self.salt = salt
        self.resources = resources
        self.intents = intents
        self.nextIntentID = nextIntentID
    }
}

/// One thing that happened, recorded in one transaction.
package enum StateEvent: Sendable, Equatable {
    /// A call is about to be made.
    case began(Intent)
    /// A resource is now as given. `completing` is the intent this is the outcome of.
    case recorded(RecordedResource, completing: Int?)
    /// A resource is no more.
    case removed(ResourceAddress, completing: Int?)
    /// The call of an intent turned out to have changed nothing.
    case abandoned(Int)
}

extension RecordedState {
    package mutating func apply(_ event: StateEvent) {
        serial += 1
        switch event {
        case .began(let intent):
            intents.append(intent)
            nextIntentID = max(nextIntentID, intent.id + 1)
        case .recorded(let resource, let intent):
            resources[resource.address] = resource
            complete(intent)
        case .removed(let address, let intent):
            resources[address] = nil
            complete(intent)
        case .abandoned(let intent):
            complete(intent)
        }
    }

    private mutating func complete(_ intent: Int?) {
        guard let intent else { return }
        intents.removeAll { $0.id == intent }
    }
}
