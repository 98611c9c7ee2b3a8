/// One request that is forwarded, from its head to the end of the answer.
struct Exchange {
    enum Response: Equatable {
        /// Nothing of the final response has come.
        case awaited
        case started(ResponseFraming)
        case complete
    }

    /// What comes after an exchange whose response is complete.
    enum Sequel: Equatable {
        case nextRequest
        /// The rest of a request that was answered early is taken off first.
        case discardRest
        case close
    }

    let method: RequestMethod
    let version: HTTPVersion
    let isUpgrade: Bool
    let expectsContinue: Bool
    let framing: BodyFraming
    var choice: TargetChoice
    /// Whether the client's connection stays open, as far as is known.
    var keepsAlive: Bool
    var isRequestComplete: Bool
    var response = Response.awaited
    private var wasRetried = false
    private var wasToldToContinue = false

    init(_ head: RequestHead, choice: TargetChoice, keepsAlive: Bool) {
        method = head.method
        version = head.version
        isUpgrade = head.wantsUpgrade
        expectsContinue = head.expectsContinue
        framing = head.framing
        self.choice = choice
        self.keepsAlive = keepsAlive
        isRequestComplete = head.framing == .none
    }

    /// Whether the client waits for this `100 Continue`.
    mutating func tellToContinue() -> Bool {
        wasToldToContinue = expectsContinue
        return expectsContinue
    }

    /// The final response begins.
    ///
    /// A client that was not told to continue may send its body all the same, or not: nobody knows what its next bytes
    /// are, so that there is no next request.
    mutating func begin(_ framing: ResponseFraming) {
        response = .started(framing)
        if framing == .untilClose || (expectsContinue && !wasToldToContinue && !isRequestComplete) {
            keepsAlive = false
        }
    }

    /// The answer to the client, and whether the request is sent once more instead.
    enum Failure: Equatable {
        case retry
        case answer(status: Int)
        /// Part of the response is with the client already: all there is to do is to let it end early.
        case abort
    }

    /// What becomes of a request whose connection to the target has failed.
    ///
    /// A pooled connection may have been closed by the target while the request was on its way. Then it has not been
    /// processed, in all likelihood, and one that does no harm when processed twice is sent again, once.
    /// - Parameter wasReused: the connection had served another request before, and nothing has come on it since.
    mutating func fail(_ cause: UpstreamFailure, wasReused: Bool) -> Failure {
        if case .started = response { return .abort }
        if cause == .closed, wasReused, !wasRetried, method.isIdempotent, framing == .none {
            wasRetried = true
            return .retry
        }
        return .answer(status: cause.status)
    }

    var sequel: Sequel {
        if !keepsAlive { return .close }
        return isRequestComplete ? .nextRequest : .discardRest
    }
}

/// Why there is no answer, or no whole one, from a target.
enum UpstreamFailure: Sendable, Hashable {
    case cannotConnect, connectTimeout
    /// The target closed the connection, or broke it.
    case closed
    case badResponse
    /// Nothing has come for as long as is waited.
    case responseTimeout
    /// The target is gone from the configuration.
    case removed

    var status: Int {
        switch self {
        case .connectTimeout, .responseTimeout: 504
        case .cannotConnect, .closed, .badResponse, .removed: 502
        }
    }
}
