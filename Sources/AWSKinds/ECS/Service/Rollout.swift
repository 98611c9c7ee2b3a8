import AttributeTree
import Reconciliation
import ResourceModel

/// How far a service is, judged by the deployment that this apply has started. Pure.
///
/// That as many tasks run as there should is no proof: they do after a rollback too. So a known deployment is followed
/// by its id, and its service deployment by its ARN where AWS tells of one, until it is completed; one that is no longer
/// the service's own is a failure.
struct Rollout: Sendable, Equatable {
    enum Verdict: Sendable, Equatable {
        /// The deployment is completed, and as many tasks run as there should.
        case completed
        /// - Parameter tasksRun: as many as there should; what is left is the deployment.
        case waiting(String, tasksRun: Bool)
        case failed(SettleFailure)
        /// The deployment is no longer listed: ``ECSService`` asks what became of it.
        case lost(id: String)
    }

    let verdict: Verdict
    let desired: Int
    let running: Int
    let pending: Int
    /// The revision that the service is to run.
    let taskDefinition: String?

    /// - Parameters:
    ///   - service: as AWS describes it.
    ///   - followed: the deployment this apply has started; `nil` to judge the service as it stands.
    ///   - time: when AWS made it, in seconds since 1970; `nil` when that is not known.
    ///   - told: what AWS says of that deployment by itself; `nil` where it says nothing.
    ///   - wanted: the revision that was applied.
    init(
        _ service: AttributeValue, following followed: String?, since time: Double? = nil,
        told: ServiceDeployment? = nil, wanted: String?
    ) {
        desired = service["desiredCount"]?.intValue ?? 0
        running = service["runningCount"]?.intValue ?? 0
        pending = service["pendingCount"]?.intValue ?? 0
        taskDefinition = service["taskDefinition"]?.stringValue
        let tasksRun = running == desired && pending == 0
        let isEarlier = Self.isEarlier(service, than: followed, since: time)
        let ending = told.flatMap { Self.ending($0, service, followed) }
        verdict =
            if isEarlier, ending == nil || ending == .failed(.superseded) {
                .waiting("the deployment to be listed", tasksRun: false)
            } else {
                ending ?? Self.judge(service, followed, told, wanted, tasksRun: tasksRun)
            }
    }

    /// Whether the service is described as it was before the deployment: AWS answers from copies that lag behind.
    private static func isEarlier(_ service: AttributeValue, than followed: String?, since time: Double?) -> Bool {
        guard let followed, let time, let latest = ECSService.primary(of: service)?["createdAt"]?.doubleValue,
            service["deployments"]?.listValue?.contains(where: { $0["id"]?.stringValue == followed }) == false
        else { return false }
        return latest < time
    }

    /// How the service deployment ended, when it did not end well.
    private static func ending(
        _ told: ServiceDeployment, _ service: AttributeValue, _ followed: String?
    ) -> Verdict? {
        let isPrimary = ECSService.primary(of: service)?["id"]?.stringValue == followed
        switch told.course {
        case .rolledBack: return .failed(failure(.rolledBack, told.reason ?? "the deployment was rolled back", service))
        case .notRolledBack:
            return .failed(failure(.failed, told.reason ?? "the deployment failed, and so did its rollback", service))
        case .stopped where isPrimary:
            return .failed(failure(.failed, told.reason ?? "the deployment was stopped", service))
        case .stopped: return .failed(.superseded)
        case .succeeded where !isPrimary: return .failed(.superseded)
        case .succeeded, .goesOn: return nil
        }
    }

    private static func judge(
        _ service: AttributeValue, _ followed: String?, _ told: ServiceDeployment?, _ wanted: String?, tasksRun: Bool
    ) -> Verdict {
        let deployments = service["deployments"]?.listValue ?? []
        let primary = ECSService.primary(of: service)
        guard let deployment = followed.map({ id in deployments.first { $0["id"]?.stringValue == id } }) ?? primary
        else {
            return followed.flatMap { told == nil ? .lost(id: $0) : nil }
                ?? unplanned(service, told, tasksRun: tasksRun)
        }

        if deployment["rolloutState"] == "FAILED" {
            let reason = deployment["rolloutStateReason"]?.stringValue ?? "the deployment failed"
            let code: SettleFailure.Code = isRollingBack(service, deployments) ? .rolledBack : .failed
            return .failed(failure(code, told?.reason ?? reason, service))
        }
        if followed != nil, primary?["id"] != deployment["id"] {
            return .failed(.superseded)
        }
        if let wanted, let runs = deployment["taskDefinition"]?.stringValue, runs != wanted {
            // Whoever deployed it, it is not what was applied: waiting does not change that.
            return .waiting("\(revision(wanted)) to run in place of \(revision(runs))", tasksRun: false)
        }
        // A deployment of another controller than ECS has no rollout state.
        let isCompleted =
            told.map { $0.course == .succeeded }
            ?? [nil, "COMPLETED"].contains(deployment["rolloutState"]?.stringValue)
        guard !(isCompleted && tasksRun) else { return .completed }
        return unplanned(service, told, tasksRun: tasksRun)
    }

    /// A failed deployment has given its place to another, or is about to: to the one it had taken the place of.
    private static func isRollingBack(_ service: AttributeValue, _ deployments: [AttributeValue]) -> Bool {
        if ECSService.primary(of: service)?["rolloutState"] != "FAILED" { return true }
        let breaker = service["deploymentConfiguration"]?["deploymentCircuitBreaker"]
        return breaker?["rollback"] == true && deployments.count > 1
    }

    private static func unplanned(
        _ service: AttributeValue, _ told: ServiceDeployment?, tasksRun: Bool
    ) -> Verdict {
        let desired = service["desiredCount"]?.intValue ?? 0
        let running = service["runningCount"]?.intValue ?? 0
        let what =
            if tasksRun {
                "the deployment to complete\(told?.stage.map { ", which is at \($0)" } ?? "")"
            } else if running > desired {
                "\(running) running tasks to become \(desired)"
            } else {
                "\(running) of \(desired) tasks running"
            }
        let event = service["events"]?[0]?["message"]?.stringValue
        return .waiting(event.map { "\(what): \($0)" } ?? what, tasksRun: tasksRun)
    }

    private static func failure(
        _ code: SettleFailure.Code, _ reason: String, _ service: AttributeValue
    ) -> SettleFailure {
        let events = (service["events"]?.listValue ?? []).prefix(3).compactMap { $0["message"]?.stringValue }
        return SettleFailure(code, ([reason] + events).joined(separator: "\n"))
    }

    /// `web:7` of the ARN of a revision.
    private static func revision(_ arn: String) -> String {
        arn.split(separator: "/").last.map(String.init) ?? arn
    }
}

extension SettleFailure {
    static let superseded = SettleFailure(.superseded, "another deployment has taken its place")
}
