import AWSClient
import AWSKinds
import AWSModel
import AttributeTree
import Synchronization
import Testing

/// An AWS that answers what it is told to, in the shapes of AWS's own models, and keeps what it was asked.
///
/// An operation that it has no answer for is refused, as one that the credentials may not call.
final class ScriptedAWS: AWSCalling {
    typealias Answer = @Sendable (_ input: AttributeValue) throws -> AttributeValue

    private struct State: Sendable {
        var answers: [String: Answer] = [:]
        var calls: [(operation: String, input: AttributeValue)] = []
    }

    private let state = Mutex(State())

    var callCounts: [String: Int] {
        state.withLock { Dictionary($0.calls.map { ($0.operation, 1) }, uniquingKeysWith: +) }
    }

    /// What an operation was called with, one a call.
    func inputs(of operation: String) -> [AttributeValue] {
        state.withLock { $0.calls.filter { $0.operation == operation }.map(\.input) }
    }

    /// From now on it answers so; what it was asked before is forgotten.
    func answer(_ answers: [String: Answer]) {
        state.withLock { $0 = State(answers: answers) }
    }

    func pages(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue
    ) async throws -> AttributeValue {
        try await call(operation, of: service, input, repeatable: true)
    }

    func call(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue, repeatable: Bool
    ) async throws -> AttributeValue {
        let model = try #require(service.operation(operation))
        let (_, decoded) = try service.decodeRequest(try model.encode(input))
        let answer = state.withLock { state in
            state.calls.append((operation, input))
            return state.answers[operation]
        }
        guard let answer else {
            throw AWSError(
                operation: "\(service.id):\(operation)", kind: .fault, code: "AccessDeniedException", message: "",
                status: 400)
        }
        let output = try answer(decoded)
        _ = try model.encodeResponse(output, requestID: "r")
        return output
    }
}
