package import AWSClient
package import Reconciliation

extension AWSError: RefusedCall {
    package var refusal: CallRefusal? {
        kind == .fault ? CallRefusal(operation: operation, code: code, words: description) : nil
    }
}
