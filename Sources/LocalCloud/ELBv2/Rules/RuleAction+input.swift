import AttributeTree

extension RuleAction {
    /// Reads a list of actions: one that ends the way of a request, since authentication is not offered.
    init(_ list: AttributeValue?) throws(CloudFault) {
        let actions = list?.listValue ?? []
        for action in actions {
            guard let type = action.text("Type"), ["forward", "redirect", "fixed-response"].contains(type) else {
                throw .notImitated("actions of the type '\(action.text("Type") ?? "")'")
            }
        }
        guard let action = actions.first else { throw .validation("An action must be specified") }
        guard actions.count == 1 else {
            throw CloudFault(
                "InvalidLoadBalancerAction",
                "Exactly one action of the type 'forward', 'redirect' or 'fixed-response' must be specified, "
                    + "and it must be the last one")
        }
        order = action["Order"]?.intValue ?? 1
        kind =
            switch action.text("Type") {
            case "redirect": .redirect(try Redirect(action["RedirectConfig"]))
            case "fixed-response": .fixedResponse(try FixedReply(action["FixedResponseConfig"]))
            default: .forward(try Forward(action))
            }
    }
}

extension RuleAction.Forward {
    /// The most target groups of one action.
    private static let limit = 5

    init(_ action: AttributeValue) throws(CloudFault) {
        let single = action.text("TargetGroupArn")
        let configuration = action["ForwardConfig"]
        var groups: [Destination] = []
        for group in configuration?["TargetGroups"]?.listValue ?? [] {
            let weight = group["Weight"]?.intValue ?? 1
            guard (0...999).contains(weight) else {
                throw .validation("Target group weight '\(weight)' must be between '0-999' inclusive")
            }
            groups.append(Destination(targetGroupARN: group.text("TargetGroupArn") ?? "", weight: weight))
        }
        if let single {
            guard groups.isEmpty || groups.map(\.targetGroupARN) == [single] else {
                throw .validation("You cannot specify both a target group ARN and other target groups in an action")
            }
            if groups.isEmpty { groups = [Destination(targetGroupARN: single, weight: 1)] }
        }
        guard !groups.isEmpty else { throw .validation("A target group ARN must be specified") }
        for group in groups { try BalancingResource.targetGroup.check(group.targetGroupARN) }
        guard groups.count <= Self.limit else {
            throw CloudFault(
                "InvalidLoadBalancerAction", "A forward action can only have '\(Self.limit)' target groups")
        }
        guard Set(groups.map(\.targetGroupARN)).count == groups.count else {
            throw .validation("A target group can only be specified once in an action")
        }
        destinations = groups
        let stickiness = configuration?["TargetGroupStickinessConfig"]
        isSticky = stickiness?["Enabled"]?.boolValue ?? false
        stickinessDuration = stickiness?["DurationSeconds"]?.intValue
        guard !isSticky || stickinessDuration != nil else {
            throw .validation("A duration must be specified to enable target group stickiness")
        }
        if let stickinessDuration, !(1...604800).contains(stickinessDuration) {
            throw .validation(
                "Target group stickiness duration '\(stickinessDuration)' must be between '1-604800' inclusive")
        }
    }
}

extension RuleAction.Redirect {
    init(_ configuration: AttributeValue?) throws(CloudFault) {
        guard let configuration else { throw .validation("A redirect configuration must be specified") }
        status = configuration.text("StatusCode") ?? ""
        scheme = configuration.text("Protocol") ?? "#{protocol}"
        host = configuration.text("Host") ?? "#{host}"
        port = configuration.text("Port") ?? "#{port}"
        path = configuration.text("Path") ?? "/#{path}"
        query = configuration.text("Query") ?? "#{query}"
        guard ["HTTP", "HTTPS", "#{protocol}"].contains(scheme) else {
            throw .validation("Redirect protocol '\(scheme)' must be one of 'HTTP, HTTPS, #{protocol}'")
        }
        guard port == "#{port}" || Int(port).map((1...65535).contains) ?? false else {
            throw .validation("Redirect port '\(port)' must be '#{port}' or between '1-65535' inclusive")
        }
        guard path.hasPrefix("/") else { throw .validation("Redirect path '\(path)' must begin with '/'") }
        guard [scheme, host, port, path] != ["#{protocol}", "#{host}", "#{port}", "/#{path}"] else {
            throw CloudFault(
                "InvalidLoadBalancerAction",
                "A redirect must modify at least one of the protocol, the host, the port or the path")
        }
    }
}

extension RuleAction.FixedReply {
    private static let contentTypes = [
        "text/html", "application/json", "application/javascript", "text/css", "text/plain",
    ]

    init(_ configuration: AttributeValue?) throws(CloudFault) {
        guard let configuration else { throw .validation("A fixed response configuration must be specified") }
        let code = configuration.text("StatusCode") ?? ""
        guard code.count == 3, let status = Int(code), [2, 4, 5].contains(status / 100) else {
            throw .validation(
                "1 validation error detected: Value '\(code)' at 'actions.1.member.fixedResponseConfig.statusCode' "
                    + "failed to satisfy constraint: Member must satisfy regular expression pattern: ^(2|4|5)\\d\\d$")
        }
        self.status = status
        contentType = configuration.text("ContentType")
        body = configuration.text("MessageBody")
        guard contentType.map(Self.contentTypes.contains) ?? true else {
            let types = Self.contentTypes.map { "'\($0)'" }.joined(separator: ", ")
            throw CloudFault("InvalidLoadBalancerAction", "The ContentType must be one of:\(types)")
        }
    }
}
