/// A listener, with its default rule.
package struct ListenerRecord: Sendable, Codable {
    package var arn: String
    package var loadBalancerARN: String
    package var port: Int
    package var `protocol`: ApplicationProtocol
    var defaultRule: RuleRecord
    /// The first is the default; empty without TLS.
    var certificates: [String]
    /// `nil` without TLS.
    var sslPolicy: String?
    var attributes: AttributeSettings
    package var tags: Tags

    /// Whether another creation with these settings would give the same listener.
    func hasSettings(of other: Self) -> Bool {
        `protocol` == other.protocol && defaultRule.action == other.defaultRule.action
            && certificates.first == other.certificates.first && sslPolicy == other.sslPolicy && tags == other.tags
    }
}
