package import AWSModel
package import AttributeTree
package import Logging
import SigV4
import Synchronization

/// Calls operations of AWS's services in one region, as one identity.
///
/// Share one client among everything that calls: it holds the rate buckets, the retry quota and the correction of the
/// clock. It never logs what a call says, only that it was made and how it went.
package final class APIClient: Sendable {
    private struct State {
        var quota = RetryQuota()
        var counts = CallCounts()
        /// What to add to the clock of this machine, in seconds.
        var clockCorrection = 0
        var endpoints: [String: Endpoint] = [:]
    }

    let settings: ClientSettings
    private let credentials: any CredentialProvider
    private let transport: any HTTPTransport
    private let time: any TimeSource
    private let random: @Sendable () -> Double
    private let logger: Logger
    private let limiter: RateLimiter
    private let state = Mutex(State())

    /// - Parameter random: A number from 0 up to but not including 1, for jitter and idempotency tokens.
    package init(
        settings: ClientSettings, credentials: any CredentialProvider, transport: any HTTPTransport,
        time: any TimeSource = SystemTime(), random: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        logger: Logger = Logger(label: "reconcile.aws")
    ) {
        self.settings = settings
        self.credentials = credentials
        self.transport = transport
        self.time = time
        self.random = random
        self.logger = logger
        limiter = RateLimiter(time: time)
    }

    /// What has been called so far.
    package var counts: CallCounts { state.withLock(\.counts) }

    package var region: String? { settings.region }

    /// Calls an operation and gives its output, with AWS's names for the members.
    ///
    /// - Parameters:
    ///   - operation: An operation of the service's model; another is a mistake of the caller.
    ///   - repeatable: `false` for what must not be carried out twice and has no idempotency token, such as
    ///     `RegisterTaskDefinition`: it is not sent again when the first may have arrived.
    /// - Throws: ``AWSError``, or `CancellationError`.
    package func call(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue = [:], repeatable: Bool = true
    ) async throws -> AttributeValue {
        guard let model = service.operation(operation) else {
            preconditionFailure("\(service.id) has no operation \(operation)")
        }
        return try await perform(try prepare(model, input), repeatable: repeatable)
    }

    /// Sends a call as often as it takes.
    func perform<Call: Exchange>(_ call: Call, repeatable: Bool) async throws -> Call.Output {
        var policy = RetryPolicy(maximumAttempts: settings.maximumAttempts, isRepeatable: repeatable)
        var attempt = 0
        while true {
            attempt += 1
            state.withLock { $0.counts.record(call.name, isRetry: attempt > 1) }
            let (outcome, sentAt) = try await self.attempt(call, number: attempt)
            switch outcome {
            case .success(let output):
                state.withLock { $0.quota.deposit(policy.cost) }
                return output
            case .failure(let failure):
                let delay = next(after: failure, attempt: attempt, sentAt: sentAt, &policy)
                guard let delay else { throw failure.error }
                if delay > .zero { try await time.sleep(for: delay) }
            }
        }
    }

    // MARK: One attempt

    private func prepare(_ model: OperationModel, _ input: AttributeValue) throws -> PreparedCall {
        let name = "\(model.service.id):\(model.name)"
        do {
            let token = model.idempotencyToken == nil ? nil : randomToken()
            let request = try model.encode(input, idempotencyToken: token)
            return PreparedCall(name: name, model: model, request: request, endpoint: try endpoint(of: model.service))
        } catch let error as InvalidInput {
            throw AWSError(
                operation: name, kind: .invalidInput, code: "InvalidInput",
                message: error.problems.map(\.description).joined(separator: "; "))
        } catch let error as EndpointError {
            throw AWSError(operation: name, kind: .noEndpoint, code: "NoEndpoint", message: error.description)
        }
    }

    /// Throws only what no retry can help.
    private func attempt<Call: Exchange>(
        _ call: Call, number: Int
    ) async throws -> (outcome: Result<Call.Output, FailedAttempt>, sentAt: SigningTime) {
        let credentials = try await currentCredentials(call.name, attempts: number - 1)
        if let rule = call.rateRule { try await limiter.wait(for: rule) }
        let signer = Signer(
            credentials: credentials.signing, region: call.endpoint.signingRegion,
            service: call.signingName, options: call.signing)
        let sentAt = signingTime
        let started = time.uptime
        let outcome: Result<Call.Output, FailedAttempt>
        do {
            let response = try await transport.send(call.signed(by: signer, at: sentAt))
            outcome = call.outcome(of: response, attempt: number)
        } catch let failure as TransportFailure {
            outcome = .failure(FailedAttempt(call.name, failure, attempt: number))
        }
        log(call, number, outcome, took: time.uptime - started)
        if let rule = call.rateRule { limiter.record(throttled: outcome.isThrottled, rule) }
        return (outcome, sentAt)
    }

    private func currentCredentials(_ operation: String, attempts: Int) async throws -> Credentials {
        do {
            switch try await credentials.credentials() {
            case .found(let credentials):
                if let expiration = credentials.expiration, expiration <= signingTime.secondsSince1970 {
                    throw AWSError(
                        operation: operation, kind: .expiredCredentials, code: "ExpiredCredentials",
                        message: "the credentials from \(credentials.source) have expired", attempts: attempts)
                }
                return credentials
            case .absent(let reason):
                throw CredentialError(
                    attempts: [CredentialError.Attempt(provider: credentials.name, reason: reason)],
                    remedy: "provide credentials")
            }
        } catch let error as CredentialError {
            throw AWSError(
                operation: operation, kind: .noCredentials, code: "NoCredentials", message: error.description,
                attempts: attempts)
        }
    }

    // MARK: Between attempts

    /// How long to wait before the next attempt; `nil` when there is none.
    private func next(
        after failure: FailedAttempt, attempt: Int, sentAt: SigningTime, _ policy: inout RetryPolicy
    ) -> Duration? {
        let failureClass = FailureClass(failure.error)
        let clockWasWrong = failureClass == .clockSkew && correctClock(by: failure.serverTime, sentAt: sentAt)
        let action = state.withLock { state in
            policy.action(
                after: failureClass, attempt: attempt, hint: failure.retryAfter, clockWasWrong: clockWasWrong,
                afterTimeout: failure.error.kind == .transport(.timeout), quota: &state.quota, random: random())
        }
        switch action {
        case .retry(let delay): return delay
        case .giveUp: return nil
        }
    }

    private var signingTime: SigningTime {
        let correction = state.withLock(\.clockCorrection)
        return SigningTime(secondsSince1970: time.wallClock.secondsSince1970 + correction)
    }

    /// Takes over the server's time when the time of a signature was too far from it for the signature to hold; says
    /// whether it was.
    ///
    /// Of calls that were signed at the same time each learns it from its own answer: by then another's may have
    /// corrected the clock.
    private func correctClock(by serverTime: SigningTime?, sentAt: SigningTime) -> Bool {
        guard let serverTime, abs(serverTime.secondsSince1970 - sentAt.secondsSince1970) >= 240 else { return false }
        let correction = serverTime.secondsSince1970 - time.wallClock.secondsSince1970
        state.withLock { $0.clockCorrection = correction }
        return true
    }

    private func endpoint(of service: ServiceModel.Metadata) throws -> Endpoint {
        if let endpoint = state.withLock({ $0.endpoints[service.id] }) { return endpoint }
        let endpoint = try settings.endpointRules(serviceID: service.serviceID)
            .endpoint(prefix: service.endpointPrefix)
        state.withLock { $0.endpoints[service.id] = endpoint }
        return endpoint
    }

    /// 32 hexadecimal digits, within what every operation accepts.
    private func randomToken() -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<32).map { _ in digits[Int(random() * 16)] })
    }

    private func log<Call: Exchange>(
        _ call: Call, _ attempt: Int, _ outcome: Result<Call.Output, FailedAttempt>, took: Duration
    ) {
        var metadata: Logger.Metadata = [
            "operation": "\(call.name)", "attempt": "\(attempt)", "milliseconds": "\(Int(took / .milliseconds(1)))",
        ]
        if case .failure(let failure) = outcome {
            metadata["code"] = "\(failure.error.code)"
            if let status = failure.error.status { metadata["status"] = "\(status)" }
            if let requestID = failure.error.requestID { metadata["request"] = "\(requestID)" }
        }
        logger.debug("AWS call", metadata: metadata)
    }
}
