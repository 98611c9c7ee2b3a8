/// Refusals that several operations of ELBv2 share, in its codes and, where they are known, its words.
extension CloudFault {
    static func validation(_ message: String) -> Self { CloudFault("ValidationError", message) }

    static func invalidConfiguration(_ message: String) -> Self { CloudFault("InvalidConfigurationRequest", message) }

    /// What AWS offers and this cloud does not imitate.
    static func notImitated(_ what: String) -> Self {
        .invalidConfiguration("The local cloud does not offer \(what)")
    }

    static func malformedARN(_ arn: String, of kind: String) -> Self {
        .validation("'\(arn)' is not a valid \(kind) ARN")
    }

    static func loadBalancerNotFound(_ names: [String]) -> Self {
        CloudFault("LoadBalancerNotFound", "Load balancers '[\(names.joined(separator: ", "))]' not found")
    }

    static let targetGroupsNotFound = CloudFault("TargetGroupNotFound", "One or more target groups not found")
    static let listenersNotFound = CloudFault("ListenerNotFound", "One or more listeners not found")
    static let rulesNotFound = CloudFault("RuleNotFound", "One or more rules not found")

    static func tooMany(_ code: String, _ what: String, limit: Int) -> Self {
        CloudFault(code, "The limit of '\(limit)' \(what) has been reached")
    }
}
