/// The kinds of resource that have an ARN and tags.
enum BalancingResource: CaseIterable {
    case loadBalancer, targetGroup, listener, rule

    /// What the last part of an ARN begins with.
    var path: String {
        switch self {
        case .loadBalancer: "loadbalancer/"
        case .targetGroup: "targetgroup/"
        case .listener: "listener/"
        case .rule: "listener-rule/"
        }
    }

    /// As a message calls it.
    var noun: String {
        switch self {
        case .loadBalancer: "load balancer"
        case .targetGroup: "target group"
        case .listener: "listener"
        case .rule: "listener rule"
        }
    }

    /// What an ARN is of; `nil` when it is of nothing here.
    init?(arn: String) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "elasticloadbalancing",
            let kind = Self.allCases.first(where: { parts[5].hasPrefix($0.path) })
        else { return nil }
        self = kind
    }

    /// A new ARN of a resource that belongs to another.
    func arn(below owner: String, of kind: Self, _ ids: IDSource) -> String {
        owner.replacing(":" + kind.path, with: ":" + path, maxReplacements: 1) + "/" + ids.hex(16)
    }

    /// - Throws: a refusal when the text is no ARN of such a resource.
    func check(_ arn: String) throws(CloudFault) {
        guard Self(arn: arn) == self else { throw .malformedARN(arn, of: noun) }
    }
}
