package import Planning
package import ResourceModel
package import StateModel

/// What became of an intent that has no outcome.
package struct IntentResolution: Sendable, Equatable {
    package enum Finding: Sendable, Equatable {
        /// The call was made: what it made exists.
        case made(ResourceIdentity)
        /// The call was not made, or made nothing.
        case notMade
        /// Whether a change was made shows when it is compared with what is wanted.
        case compared
        /// What was to be deleted is gone.
        case gone
        /// What was to be deleted is still there.
        case stillThere
    }

    package var intent: Intent
    package var finding: Finding

    /// Decides from what a look for the intent has found.
    package init(of intent: Intent, found: ObservedResource?) {
        self.intent = intent
        switch (intent.action, found) {
        case (.create, let found?): finding = .made(found.identity)
        case (.create, nil): finding = .notMade
        case (.update, _?): finding = .compared
        case (.update, nil): finding = .notMade
        case (.delete, _?): finding = .stillThere
        case (.delete, nil): finding = .gone
        }
    }

    /// What is recorded of it.
    package func event(in state: RecordedState) -> StateEvent {
        switch finding {
        case .made(let identity): state.event(completing: intent, identity: identity)
        case .gone: state.event(completingDeletion: intent)
        case .notMade, .compared, .stillThere: .abandoned(intent.id)
        }
    }
}

extension IntentResolution: CustomStringConvertible {
    package var description: String {
        switch finding {
        case .made: "\(intent.address) had been created before the last apply ended; it is recorded now"
        case .notMade: "\(intent.address) had not been \(intent.action.participle) when the last apply ended"
        case .compared: "\(intent.address) was being updated when the last apply ended"
        case .gone: "\(intent.address) had been deleted before the last apply ended"
        case .stillThere: "\(intent.address) was being deleted when the last apply ended"
        }
    }
}

extension Intent.Action {
    fileprivate var participle: String {
        switch self {
        case .create: "created"
        case .update: "updated"
        case .delete: "deleted"
        }
    }
}
