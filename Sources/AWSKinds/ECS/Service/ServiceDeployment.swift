import AWSClient
import AttributeTree
import Reconciliation

/// What AWS says of one service deployment, as far as it decides how the wait for it ends. Pure.
///
/// The statuses are those of the API's `ServiceDeploymentStatus`; one that is not known here goes on.
struct ServiceDeployment: Sendable, Equatable {
    enum Course: Sendable, Equatable {
        /// With the stage it is at, where the strategy has stages: `BAKE_TIME`.
        case goesOn(stage: String?)
        case succeeded
        /// Somebody stopped it, or it made way for another one.
        case stopped
        /// Back, or on the way back, to what the service ran before.
        case rolledBack
        /// It failed, and so did going back: or there was nothing to go back to, as on the first deployment.
        case notRolledBack
    }

    let arn: String
    let course: Course
    /// AWS's own words, and what the circuit breaker has counted.
    let reason: String?

    /// - Parameter description: of `DescribeServiceDeployments`; `nil` when it does not say which it is.
    init?(_ description: AttributeValue) {
        guard let arn = description["serviceDeploymentArn"]?.stringValue else { return nil }
        self.arn = arn
        course =
            switch description["status"]?.stringValue {
            case "SUCCESSFUL": .succeeded
            case "STOP_REQUESTED", "STOPPED": .stopped
            case "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL": .rolledBack
            case "ROLLBACK_FAILED": .notRolledBack
            case nil, .some: .goesOn(stage: description["lifecycleStage"]?.stringValue)
            }
        let words = [description["statusReason"], description["rollback"]?["reason"]].compactMap { $0?.stringValue }
        let all = [words.first, Self.count(description["deploymentCircuitBreaker"])].compactMap(\.self)
        reason = all.isEmpty ? nil : all.joined(separator: "\n")
    }

    var stage: String? {
        if case .goesOn(let stage) = course { stage } else { nil }
    }

    private static func count(_ breaker: AttributeValue?) -> String? {
        guard breaker?["status"] == "TRIGGERED", let failures = breaker?["failureCount"]?.intValue,
            let threshold = breaker?["threshold"]?.intValue
        else { return nil }
        return
            "the circuit breaker counted \(failures) failed \(failures == 1 ? "task" : "tasks"), \(threshold) at most"
    }
}

extension ECSService {
    /// The service deployments that this apply has started, by ARN; those that AWS does not tell of are not there.
    ///
    /// - Parameter services: as described, by name.
    func serviceDeployments(
        of items: [SettleRequest.Item], _ services: [String: AttributeValue]
    ) async throws -> [String: ServiceDeployment] {
        let arns = items.compactMap { item in services[item.cloudName].flatMap { Self.followedARN(item, $0) } }
        let described = try await aws.batched(arns, by: 20) { batch in
            // Servers that only resemble AWS do not know of it, and a policy may not allow it: then the service's own
            // list of deployments has to do.
            do {
                return try await aws.ecs("DescribeServiceDeployments", ["serviceDeploymentArns": .strings(batch)])[
                    "serviceDeployments"]?.listValue ?? []
            } catch let error as AWSError where Self.codesOfNoAnswer.contains(error.code) {
                return []
            }
        }
        let pairs = described.compactMap(ServiceDeployment.init).map { ($0.arn, $0) }
        return Dictionary(pairs) { first, _ in first }
    }

    private static let codesOfNoAnswer: Set = [
        "InvalidAction", "UnknownOperationException", "UnsupportedFeatureException", "AccessDeniedException",
    ]

    /// The service deployment that belongs to the deployment this apply has started.
    ///
    /// Where the answer of the call did not name it, the service does: as long as the deployment goes on, the current
    /// one is its own.
    static func followedARN(_ item: SettleRequest.Item, _ service: AttributeValue) -> String? {
        if let arn = item.started[startedServiceDeployment] { return arn }
        guard let primary = primary(of: service), primary["id"]?.stringValue == item.started[startedDeployment],
            primary["rolloutState"] != "COMPLETED"
        else { return nil }
        return service["currentServiceDeployment"]?.stringValue
    }
}
