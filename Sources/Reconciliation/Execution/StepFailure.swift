/// Why a step, or the wait for a resource, did not end well.
package struct StepFailure: Error, Sendable, Equatable {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// A call was refused, or could not be made, or what was waited for cannot come.
        case failed
        /// The cloud took a deployment back.
        case rolledBack
        /// Somebody else's deployment took the place of this one.
        case superseded
        /// What was waited for did not come in time.
        case deadline
        /// Another has the lock on the state, or may have it: nothing can be recorded any more.
        case lockLost
    }

    package var code: Code
    package var message: String
    /// Where it is a call that the cloud has refused.
    package var refusal: CallRefusal?

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package init(_ failure: SettleFailure) {
        let code: Code =
            switch failure.code {
            case .failed: .failed
            case .rolledBack: .rolledBack
            case .superseded: .superseded
            }
        self.init(code, failure.message)
    }
}

extension StepFailure {
    /// An error of a provider or a store, in its own words; one that already is a failure stays what it is.
    init(_ error: any Error) {
        switch error {
        case let failure as StepFailure: self = failure
        case let failure as SettleFailure: self.init(failure)
        case StateStoreError.lockLost: self.init(.lockLost, String(describing: error))
        default:
            self.init(.failed, String(describing: error))
            refusal = (error as? any RefusedCall)?.refusal
        }
    }
}

extension StepFailure: CustomStringConvertible {
    package var description: String { message }
}
