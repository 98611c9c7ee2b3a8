/// A rule of a listener.
package struct RuleRecord: Sendable, Codable {
    var arn: String
    var listenerARN: String
    /// `nil`: the default rule, tried last.
    var priority: Int?
    var conditions: [RuleCondition]
    var action: RuleAction
    var tags: Tags
}
