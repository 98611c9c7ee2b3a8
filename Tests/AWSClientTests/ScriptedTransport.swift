import AWSClient
import AWSModel
import Synchronization

/// Answers from a script, in order, and keeps what was sent. The first answer can be held back until so many requests
/// have been sent.
final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        case answer(WireResponse)
        case fail(TransportFailure.Reason)
    }

    private let remaining: Mutex<[Step]>
    private let sent = Mutex<[HTTPRequest]>([])
    private let together: Int
    private let held = Mutex<[CheckedContinuation<Void, Never>]>([])

    init(_ steps: [Step], answersTogether together: Int = 1) {
        remaining = Mutex(steps)
        self.together = together
    }

    var requests: [HTTPRequest] { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> WireResponse {
        sent.withLock { $0.append(request) }
        let step = remaining.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        await waitForTheOthers()
        switch step {
        case .answer(let response): return response
        case .fail(let reason): throw TransportFailure(reason, "as the script says")
        case nil: throw TransportFailure(.interrupted, "the script has ended")
        }
    }

    private func waitForTheOthers() async {
        await withCheckedContinuation { continuation in
            held.withLock { $0.append(continuation) }
            guard sent.withLock({ $0.count }) >= together else { return }
            for continuation in held.withLock({ held in
                defer { held = [] }
                return held
            }) { continuation.resume() }
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
