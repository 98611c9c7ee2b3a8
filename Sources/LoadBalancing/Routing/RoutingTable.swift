/// What a listener does with each request: its rules in a form that is quick to try.
///
/// Made once for a configuration, and a value: it may be used on any thread.
package struct RoutingTable: Sendable {
    /// A value of a condition that cannot be understood, and so never matches.
    package struct Problem: Sendable, Hashable {
        /// Of the rule in the listener's list.
        package var rule: Int
        /// The value, as it was written.
        package var value: String
    }

    private struct CompiledRule: Sendable {
        var conditions: [CompiledCondition]
        var action: Action
    }

    private let rules: [CompiledRule]
    private let defaultAction: Action
    package let problems: [Problem]

    package init(_ listener: ListenerConfiguration) {
        var problems: [Problem] = []
        rules = listener.rules.enumerated().map { index, rule in
            let conditions = rule.conditions.map { CompiledCondition($0) }
            problems += conditions.flatMap(\.invalidValues).map { Problem(rule: index, value: $0) }
            return CompiledRule(conditions: conditions, action: rule.action)
        }
        defaultAction = listener.defaultAction
        self.problems = problems
    }

    /// The action of the first rule whose conditions are all met, and otherwise the default one.
    package func action(for request: some RoutableRequest) -> Action {
        for rule in rules where rule.conditions.allSatisfy({ $0.isMet(by: request) }) {
            return rule.action
        }
        return defaultAction
    }
}
