import AttributeTree

/// The operations on the settings of the account. Of all settings only `containerInsights` does something.
enum AccountSettingCalls {
    static let operations: [String: OperationHandler] = [
        "ListAccountSettings": list, "PutAccountSetting": put, "PutAccountSettingDefault": put,
        "DeleteAccountSetting": delete,
    ]

    private static let defaults = [
        "awsvpcTrunking": "disabled", "containerInsights": "disabled", "containerInstanceLongArnFormat": "enabled",
        "defaultLogDriverMode": "non-blocking",
        "fargateEventWindows": "disabled", "fargateFIPSMode": "disabled", "fargateTaskRetirementWaitPeriod": "7",
        "guardDutyActivate": "off", "serviceLongArnFormat": "enabled", "tagResourceAuthorization": "off",
        "taskLongArnFormat": "enabled",
    ]

    /// Without `effectiveSettings` only what was set.
    private static func list(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var values = input["effectiveSettings"]?.boolValue ?? false ? defaults : [:]
        for name in defaults.keys { values[name] = world.containers.accountSettings[name] ?? values[name] }
        let settings = values.sorted { $0.key < $1.key }.compactMap { name, value -> AttributeValue? in
            guard input["name"].map({ $0.stringValue == name }) ?? true else { return nil }
            guard input["value"].map({ $0.stringValue == value }) ?? true else { return nil }
            return setting(name, value, world)
        }
        return try Listing(input, limit: 10, upTo: 10).answer(settings, as: "settings")
    }

    private static func put(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let name = try known(input)
        let value = input["value"]?.stringValue ?? ""
        world.containers.accountSettings[name] = value
        return ["setting": setting(name, value, world)]
    }

    private static func delete(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        let name = try known(input)
        world.containers.accountSettings[name] = nil
        return ["setting": setting(name, defaults[name] ?? "", world)]
    }

    private static func known(_ input: AttributeValue) throws(CloudFault) -> String {
        let name = input["name"]?.stringValue ?? ""
        guard defaults[name] != nil else {
            throw .invalidParameter("\(name) should be one of [\(defaults.keys.sorted().joined(separator: ","))]")
        }
        return name
    }

    private static func setting(_ name: String, _ value: String, _ world: World) -> AttributeValue {
        [
            "name": .string(name), "value": .string(value), "type": "user",
            "principalArn": .string(world.account.globalARN("iam", "root")),
        ]
    }
}
