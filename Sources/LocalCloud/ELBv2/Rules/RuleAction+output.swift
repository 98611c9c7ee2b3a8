import AttributeTree

extension RuleAction {
    /// The list of actions as the API tells it: a single target group twice, as AWS does.
    var output: AttributeValue {
        switch kind {
        case .forward(let forward):
            [
                .structure([
                    "Type": "forward", "Order": .int(order),
                    "TargetGroupArn": forward.destinations.count == 1 ? .string(targetGroupARNs[0]) : nil,
                    "ForwardConfig": forward.output,
                ])
            ]
        case .redirect(let redirect):
            [
                [
                    "Type": "redirect", "Order": .int(order),
                    "RedirectConfig": [
                        "Protocol": .string(redirect.scheme), "Host": .string(redirect.host),
                        "Port": .string(redirect.port), "Path": .string(redirect.path),
                        "Query": .string(redirect.query), "StatusCode": .string(redirect.status),
                    ],
                ]
            ]
        case .fixedResponse(let reply):
            [
                [
                    "Type": "fixed-response", "Order": .int(order),
                    "FixedResponseConfig": .structure([
                        "StatusCode": .string(String(reply.status)),
                        "ContentType": reply.contentType.map { .string($0) },
                        "MessageBody": reply.body.map { .string($0) },
                    ]),
                ]
            ]
        }
    }
}

extension RuleAction.Forward {
    fileprivate var output: AttributeValue {
        [
            "TargetGroups": .list(
                destinations.map { ["TargetGroupArn": .string($0.targetGroupARN), "Weight": .int($0.weight)] }),
            "TargetGroupStickinessConfig": .structure([
                "Enabled": .bool(isSticky), "DurationSeconds": stickinessDuration.map { .int($0) },
            ]),
        ]
    }
}
