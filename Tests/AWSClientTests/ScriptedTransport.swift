import AWSClient
import AWSModel
import Synchronization

/// Answers from a script, in order, and keeps what was sent.
final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        case answer(WireResponse)
        case fail(TransportFailure.Reason)
    }

    private let remaining: Mutex<[Step]>
    private let sent = Mutex<[HTTPRequest]>([])

    init(_ steps: [Step]) {
        remaining = Mutex(steps)
    }

    var requests: [HTTPRequest] { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> WireResponse {
        sent.withLock { $0.append(request) }
        switch remaining.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        case .answer(let response): return response
        case .fail(let reason): throw TransportFailure(reason, "as the script says")
        case nil: throw TransportFailure(.interrupted, "the script has ended")
        }
    }
}

extension ScriptedTransport.Step {
    static func answer(_ status: Int, _ body: String = "{}", headers: WireHeaders = [:]) -> Self {
        .answer(WireResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    /// A fault as the JSON protocol writes it.
    static func fault(_ code: String, _ message: String = "", status: Int = 400, headers: WireHeaders = [:]) -> Self {
        .answer(status, #"{"__type":"\#(code)","message":"\#(message)"}"#, headers: headers)
    }
}
