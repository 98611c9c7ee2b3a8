import LoadBalancing

extension RuleAction {
    /// The action as the load balancer carries it out.
    var balanced: Action {
        switch kind {
        case .forward(let forward):
            .forward(
                ForwardAction(
                    forward.destinations.map {
                        ForwardAction.Destination(TargetGroupID($0.targetGroupARN), weight: $0.weight)
                    },
                    stickiness: forward.isSticky ? forward.stickinessDuration.map { .seconds($0) } : nil))
        case .redirect(let redirect):
            .redirect(
                RedirectAction(
                    isPermanent: redirect.status == "HTTP_301", scheme: redirect.scheme, host: redirect.host,
                    port: redirect.port, path: redirect.path, query: redirect.query))
        case .fixedResponse(let response):
            .fixedResponse(
                FixedResponse(
                    status: response.status, contentType: response.contentType ?? "text/plain",
                    body: response.body ?? ""))
        }
    }
}

extension RuleCondition {
    /// The condition as the load balancer compares requests with it.
    var balanced: Condition {
        let patterns = values.map(TextPattern.wildcard) + regexValues.map(TextPattern.regex)
        return switch field {
        case .path: .path(patterns)
        case .host: .host(patterns)
        case .header: .header(name: headerName ?? "", patterns)
        case .method: .method(values)
        case .query:
            .query(pairs.map { QueryPattern(key: $0.key.map(TextPattern.wildcard), value: .wildcard($0.value)) })
        case .sourceIP: .sourceIP(values.map(AddressBlock.init))
        }
    }
}
