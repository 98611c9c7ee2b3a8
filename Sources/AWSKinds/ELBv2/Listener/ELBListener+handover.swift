import AttributeTree
import ResourceModel

extension ELBListener {
    /// Forwards to both target groups: to the one that is replaced with the weight it has, to the other with none.
    static let handover = HandoverRule(.sends, of: [.targetGroup], form: handoverForm) { groups in
        "to know the new \(groups.map(\.description).joined(separator: " and ")), and send no requests there yet"
    }

    private static let handoverForm:
        @Sendable (AttributeValue, AttributeValue, [String: [String]]) -> HandoverRule.Form =
            {
                desired, observed, replaced in
                let weights = ListenerActions(observed)
                var form = desired
                var actions: [AttributeValue] = []
                for action in desired["defaultActions"]?.listValue ?? [] {
                    guard let changed = forwarding(action, to: replaced, weights) else {
                        return .impossible(
                            "has an action with no room for another target group: it takes \(mostTargetGroups)")
                    }
                    actions.append(changed)
                }
                form["defaultActions"] = .list(actions)
                return .attributes(form)
            }

    /// An action that forwards to what is replaced too; `nil` when that is more than an action takes.
    private static func forwarding(
        _ action: AttributeValue, to replaced: [String: [String]], _ observed: ListenerActions
    ) -> AttributeValue? {
        let targets = ListenerActions(["defaultActions": [action]]).targets
        guard targets.contains(where: { replaced[$0.group] != nil }) else { return action }
        let all = targets.flatMap { target -> [ListenerActions.Target] in
            guard let earlier = replaced[target.group], !earlier.isEmpty else { return [target] }
            return earlier.map { .init(group: $0, weight: observed.weight(of: [$0]) ?? target.weight) }
                + [.init(group: target.group, weight: 0)]
        }
        guard all.count <= mostTargetGroups else { return nil }
        var action = action
        action["targetGroup"] = nil
        var config = action["forwardConfig"] ?? [:]
        config["targetGroups"] = .list(all.map { ["targetGroup": .string($0.group), "weight": .int($0.weight)] })
        action["forwardConfig"] = config
        return action
    }
}
