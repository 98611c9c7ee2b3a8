import AttributeTree
import TestBackends
import Testing

/// A call, and what AWS answers to it.
struct Refused: Sendable {
    var what: String
    var call: Boto3.Call
    var code: String
    var status: Int
    /// A part of what it says.
    var message: String

    init(_ what: String, _ call: Boto3.Call, _ code: String, status: Int = 400, _ message: String) {
        self.what = what
        self.call = call
        self.code = code
        self.status = status
        self.message = message
    }
}

extension Boto3 {
    /// Makes the calls, none of which is to be done.
    func expect(_ calls: [Refused], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for (refused, answer) in zip(calls, try await atOnce(calls.map(\.call))) {
            switch answer {
            case .success(let answer):
                Issue.record("\(refused.what): \(answer.jsonText())", sourceLocation: sourceLocation)
            case .failure(let refusal):
                #expect(
                    refusal.code == refused.code && refusal.status == refused.status
                        && refusal.message.contains(refused.message),
                    "\(refused.what): \(refusal)", sourceLocation: sourceLocation)
            }
        }
    }
}
