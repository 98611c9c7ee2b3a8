import AttributeTree
import ResourceModel

extension ECSService {
    /// Registers its tasks with both target groups.
    static let handover = HandoverRule(.serves, of: [.targetGroup], form: handoverForm) { groups in
        "to register its tasks with the new \(groups.map(\.description).joined(separator: " and ")) too"
    }

    /// AWS's limit for one service.
    private static let mostTargetGroups = 5

    /// Only what ECS rolls by itself can have several target groups.
    private static let handoverForm:
        @Sendable (AttributeValue, AttributeValue, [String: [String]]) -> HandoverRule.Form =
            {
                desired, _, replaced in
                let controller = desired["deploymentController"]?["type"]?.stringValue ?? "ECS"
                let strategy = desired["deploymentConfiguration"]?["strategy"]?.stringValue ?? "ROLLING"
                guard controller == "ECS", strategy == "ROLLING" else {
                    return .impossible("does not roll its tasks itself, and so has one target group")
                }
                let all = (desired["loadBalancers"]?.listValue ?? []).flatMap { element -> [AttributeValue] in
                    let earlier = element["targetGroup"]?.stringValue.flatMap { replaced[$0] } ?? []
                    return earlier.map { element.with("targetGroup", .string($0)) } + [element]
                }
                guard all.count <= mostTargetGroups else {
                    return .impossible("can have \(mostTargetGroups) target groups, and would need \(all.count)")
                }
                return .attributes(desired.with("loadBalancers", .list(all)))
            }
}
