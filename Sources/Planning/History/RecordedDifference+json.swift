package import AttributeTree
import ResourceModel

extension RecordedDifference {
    /// An element of `differences` in `diff -o json`.
    package var json: AttributeValue {
        [
            "address": .string(address.description), "action": .string(action.rawValue),
            "identity": [
                "before": identities.before.map { .string($0) } ?? .null,
                "after": identities.after.map { .string($0) } ?? .null,
            ],
            "differences": .list(
                differences.map { difference in
                    [
                        "path": .string(difference.path.description), "before": difference.observed ?? .null,
                        "after": difference.desired ?? .null,
                    ]
                }),
        ]
    }
}
