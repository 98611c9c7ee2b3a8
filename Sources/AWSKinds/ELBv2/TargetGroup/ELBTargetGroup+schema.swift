import AWSModel
import AttributeTree
import ResourceModel

extension ELBTargetGroup {
    static let schema = KindSchema(
        kind: .targetGroup, summary: "Where a listener forwards to, and how the health of the targets is checked.",
        spec: ObjectSchema(
            builder.fields(of: "CreateTargetGroup") + [
                .attributes(
                    call: "elbv2:ModifyTargetGroupAttributes", example: "deregistration_delay.timeout_seconds")
            ]),
        nameField: "name", nameRule: .elbName, normalize: normalize)

    static let builder = SchemaBuilder(
        service: .elbv2, tagCalls: .elbTags,
        overlay: [
            "name": .cloudName("The name in AWS, where it is not the name of the resource."),
            "protocol": FieldOverlay(effect: .replace),
            "protocolVersion": FieldOverlay(default: "HTTP1", effect: .replace),
            "port": FieldOverlay(
                effect: .replace, "Only a default: ECS registers each task with its own port, yet a change replaces."),
            "vpcId": FieldOverlay(
                name: "vpc", reference: .vpc, effect: .replace, implied: "default", "An id, or `default`."),
            "targetType": FieldOverlay(
                default: "instance", effect: .replace, "Tasks with the network mode `awsvpc` need `ip`."),
            "ipAddressType": FieldOverlay(default: "ipv4", effect: .replace),
            "targetControlPort": FieldOverlay(effect: .replace),
            "healthCheckEnabled": .default(true),
            "healthCheckProtocol": .default("HTTP"),
            "healthCheckPort": .default("traffic-port"),
            "healthCheckPath": .default("/"),
            "healthCheckIntervalSeconds": FieldOverlay(default: 30, "Greater than the timeout."),
            "healthCheckTimeoutSeconds": .default(5),
            "healthyThresholdCount": FieldOverlay(
                default: 5, "A new target is healthy after as many checks, an interval apart."),
            "unhealthyThresholdCount": .default(2),
            "matcher": FieldOverlay("The statuses that count as healthy, such as `200` or `200-299`."),
            "matcher.httpCode": .default("200"),
            "tags": FieldOverlay("Tags beside those that name the owner."),
        ])

    /// A target group of a Lambda function has no VPC: what is implied for the others does not count.
    private static let normalize: @Sendable (AttributeValue) -> AttributeValue = { spec in
        guard spec["targetType"] == "lambda" else { return spec }
        var spec = spec
        spec["vpc"] = nil
        return spec
    }
}
