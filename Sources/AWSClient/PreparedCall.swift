import AWSModel
import AttributeTree
import SigV4

/// What is sent and answered, as often as it takes.
protocol Exchange: Sendable {
    associatedtype Output: Sendable

    /// `ecs:CreateService`
    var name: String { get }
    var request: WireRequest { get }
    var endpoint: Endpoint { get }
    var signingName: String { get }
    var signing: Signer.Options { get }
    /// `nil` where the rate is not known.
    var rateRule: RateRule? { get }

    func outcome(of response: WireResponse, attempt: Int) -> Result<Output, FailedAttempt>
}

extension Exchange {
    func signed(by signer: Signer, at time: SigningTime) -> HTTPRequest {
        var headers = [HeaderField("Host", endpoint.address.authority), HeaderField("User-Agent", "reconcile")]
        headers += request.headers.fields.map { HeaderField($0.name, $0.value) }
        let path = endpoint.address.path + request.path
        let query = request.query ?? ""
        let signed = signer.sign(
            SignableRequest(method: request.method, path: path, query: query, headers: headers, body: request.body),
            at: time)
        return HTTPRequest(
            method: request.method, address: endpoint.address, target: query.isEmpty ? path : "\(path)?\(query)",
            headers: signed.request.headers, body: request.body)
    }
}

/// A call of a modelled operation.
struct PreparedCall: Exchange {
    var name: String
    var model: OperationModel
    var request: WireRequest
    var endpoint: Endpoint

    var signingName: String { model.service.signingName }
    var signing: Signer.Options { .standard }

    /// A server in place of AWS has no rates that we know.
    var rateRule: RateRule? {
        endpoint.isAWS ? RateRule.rule(service: model.service.id, operation: model.name) : nil
    }

    func outcome(of response: WireResponse, attempt: Int) -> Result<AttributeValue, FailedAttempt> {
        guard response.isSuccess else {
            return .failure(FailedAttempt(name, model.decodeFault(response), response, attempt: attempt))
        }
        do {
            return .success(try model.decode(response))
        } catch {
            return .failure(FailedAttempt(name, error, response, attempt: attempt))
        }
    }
}

extension Result where Failure == FailedAttempt {
    var isThrottled: Bool {
        switch self {
        case .success: false
        case .failure(let failure): FailureClass(failure.error) == .throttling
        }
    }
}

/// How an attempt failed, and what the answer says about another.
struct FailedAttempt: Error, Sendable, Hashable {
    var error: AWSError
    /// How long the service asks to wait.
    var retryAfter: Duration?
    var serverTime: SigningTime?

    init(_ operation: String, _ failure: TransportFailure, attempt: Int) {
        error = AWSError(
            operation: operation, kind: .transport(failure.reason), code: failure.reason.rawValue,
            message: failure.message, attempts: attempt)
    }

    init(_ operation: String, _ fault: ServiceFault, _ response: WireResponse, attempt: Int) {
        let kind: AWSError.Kind
        if FailureClass.expiryCodes.contains(fault.code) {
            kind = .expiredCredentials
        } else {
            // Where the body names no fault its code is the status: the answer of a proxy, or no answer of AWS at all.
            kind = fault.code == String(fault.status) ? .unreadable : .fault
        }
        error = AWSError(
            operation: operation, kind: kind, code: fault.code, message: fault.message, status: fault.status,
            requestID: fault.requestID, attempts: attempt)
        readHints(of: response)
    }

    init(_ operation: String, _ unreadable: UnreadableResponse, _ response: WireResponse, attempt: Int) {
        error = AWSError(
            operation: operation, kind: .unreadable, code: "UnreadableAnswer",
            message: unreadable.reason.description, status: unreadable.status, requestID: unreadable.requestID,
            attempts: attempt)
        readHints(of: response)
    }

    /// `x-amz-retry-after` is in milliseconds, `Retry-After` in seconds.
    private mutating func readHints(of response: WireResponse) {
        serverTime = response.headers["Date"].flatMap { SigningTime(httpDate: $0) }
        if let milliseconds = response.headers["x-amz-retry-after"].flatMap({ Int($0) }) {
            retryAfter = .milliseconds(max(0, milliseconds))
        } else if let seconds = response.headers["Retry-After"].flatMap({ Int($0) }) {
            retryAfter = .seconds(max(0, seconds))
        }
    }
}
