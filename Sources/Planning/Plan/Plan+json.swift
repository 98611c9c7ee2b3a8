package import AttributeTree
package import ResourceModel

extension Plan {
    /// The plan for programs, as `plan -o json` prints it. Secret values are not in it, as they are in no difference.
    package func json(for owner: Owner) -> AttributeValue {
        [
            "formatVersion": 1, "project": .string(owner.project), "environment": .string(owner.environment),
            "summary": summary.json, "changes": .list(changes.map(\.json)), "steps": .list(steps.map(\.json)),
        ]
    }
}

extension PlanSummary {
    fileprivate var json: AttributeValue {
        [
            "create": .int(create), "update": .int(update), "replace": .int(replace), "delete": .int(delete),
            "keep": .int(keep),
        ]
    }
}

extension Change {
    fileprivate var json: AttributeValue {
        [
            "address": .string(address.description), "action": .string(action.word),
            "reasons": .list(reasons.map { .string($0.code) }), "impact": .string(impact.rawValue),
            "differences": .list(differences.map(\.json)),
        ]
    }
}

extension Change.Action {
    package var word: String {
        switch self {
        case .create: "create"
        case .update: "update"
        case .replace: "replace"
        case .delete: "delete"
        case .keep: "keep"
        }
    }
}

extension Reason {
    /// A word that stays the same between versions; what it is about follows a colon.
    fileprivate var code: String {
        switch self {
        case .added: "added"
        case .disappeared: "disappeared"
        case .removedFromManifests: "removedFromManifests"
        case .destroyed: "destroyed"
        case .configuration: "configuration"
        case .rolledBack: "rolledBack"
        case .drift: "drift"
        case .immutable: "immutable"
        case .dependencyReplaced(let address): "dependencyReplaced: \(address)"
        case .claimed(let address): "claimed: \(address)"
        case .adopted: "adopted"
        case .unrecorded: "unrecorded"
        case .untagged: "untagged"
        case .unfinished(let phase): "unfinished: \(phase.rawValue)"
        case .retired(let count): "retired: \(count)"
        }
    }
}

extension Difference {
    fileprivate var json: AttributeValue {
        [
            "path": .string(path.description), "recorded": recorded ?? .null, "observed": observed ?? .null,
            "desired": desired ?? .null,
        ]
    }
}

extension Step {
    fileprivate var json: AttributeValue {
        [
            "id": .string(id.description), "address": .string(address.description),
            "verb": .string(id.verb.rawValue), "calls": .list(calls.map { .string($0) }),
            "after": .list(after.map { .string($0.description) }),
        ]
    }
}
