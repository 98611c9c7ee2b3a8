import AWSClient
import AttributeTree

/// How many targets a target group has, and how they are.
struct TargetCounts: Sendable, Equatable {
    /// Registered and not about to leave.
    var registered = 0
    var healthy = 0
    /// AWS's codes for why others are not healthy, the most frequent first.
    var reasons: [String] = []

    init(registered: Int = 0, healthy: Int = 0, reasons: [String] = []) {
        self.registered = registered
        self.healthy = healthy
        self.reasons = reasons
    }

    /// - Parameter output: of `DescribeTargetHealth`.
    init(_ output: AttributeValue) {
        var counts: [String: Int] = [:]
        for target in output["TargetHealthDescriptions"]?.listValue ?? [] {
            let health = target["TargetHealth"]
            switch health?["State"]?.stringValue {
            case "draining", "unhealthy.draining": continue
            case "healthy": healthy += 1
            default: counts[health?["Reason"]?.stringValue ?? "no reason given", default: 0] += 1
            }
            registered += 1
        }
        reasons = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// `0 of 2 targets healthy (Elb.InitialHealthChecking)`; `nil` when as many are as there should be.
    func waitingFor(_ wanted: Int) -> String? {
        let why = reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
        if registered < wanted { return "\(registered) of \(wanted) targets registered\(why)" }
        if healthy < wanted { return "\(healthy) of \(wanted) targets healthy\(why)" }
        return nil
    }

    var detail: [String: AttributeValue] { ["registered": .int(registered), "healthy": .int(healthy)] }
}

extension AWSAccess {
    /// - Returns: `nil` for a target group that does not exist.
    func targetCounts(of arn: String) async throws -> TargetCounts? {
        do {
            return TargetCounts(try await elb("DescribeTargetHealth", ["TargetGroupArn": .string(arn)]))
        } catch let error as AWSError where error.code == "TargetGroupNotFound" {
            return nil
        }
    }
}
