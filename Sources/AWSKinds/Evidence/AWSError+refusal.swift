package import AWSClient
package import Reconciliation

extension AWSError: RefusedCall {
    /// `nil` where the service has not answered.
    package var refusal: CallRefusal? {
        switch kind {
        case .fault: CallRefusal(operation: operation, code: code, words: description)
        case .expiredCredentials where status != nil:
            CallRefusal(operation: operation, code: code, words: description)
        case .transport, .unreadable, .invalidInput, .noCredentials, .expiredCredentials, .noEndpoint: nil
        }
    }
}
