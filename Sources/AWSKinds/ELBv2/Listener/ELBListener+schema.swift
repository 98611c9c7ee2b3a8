import AWSModel
import AttributeTree
import ResourceModel

extension ELBListener {
    static let schema = KindSchema(
        kind: .listener, summary: "A port of a load balancer, and where what arrives there goes.",
        spec: ObjectSchema(
            builder.fields(of: "CreateListener") + [
                .attributes(
                    call: "elbv2:ModifyListenerAttributes",
                    example: "routing.http.response.server.enabled")
            ]),
        nameField: "", nameRule: StringRule(), normalize: normalize)

    static let builder = SchemaBuilder(
        service: .elbv2, tagCalls: .elbTags,
        overlay: [
            "loadBalancerArn": FieldOverlay(
                name: "loadBalancer", reference: .loadBalancer, effect: .replace, "The load balancer it belongs to."),
            "protocol": FieldOverlay(isRequired: true),
            "port": FieldOverlay(isRequired: true, "No other listener of the load balancer may have it."),
            "certificates": FieldOverlay(
                furtherElements: ElementCalls(
                    add: "elbv2:AddListenerCertificates", remove: "elbv2:RemoveListenerCertificates"),
                "The default first; the others are chosen by server name."),
            "certificates.isDefault": .leftOut,
            "mutualAuthentication.mode": .default("off"),
            "mutualAuthentication.trustStoreAssociationStatus": .leftOut,
            "tags": FieldOverlay("Tags beside those that name the owner."),
        ].merging(actions) { overlay, _ in overlay })

    private static let actions: [String: FieldOverlay] = [
        "": FieldOverlay(
            movesTraffic: true, "What is done with a request that no rule is for; `forward` goes to target groups."),
        ".targetGroupArn": FieldOverlay(
            name: "targetGroup", reference: .targetGroup, "The one target group; for several, `forwardConfig`."),
        ".forwardConfig.targetGroups": FieldOverlay(
            comparison: .keyed(by: "targetGroup"), "Up to five, that share the requests by weight."),
        ".forwardConfig.targetGroups.targetGroupArn": FieldOverlay(
            name: "targetGroup", reference: .targetGroup, isRequired: true),
        ".forwardConfig.targetGroups.weight": .default(1),
        ".redirectConfig.protocol": .default("#{protocol}"),
        ".redirectConfig.port": .default("#{port}"),
        ".redirectConfig.host": .default("#{host}"),
        ".redirectConfig.path": .default("/#{path}"),
        ".redirectConfig.query": .default("#{query}"),
        ".authenticateOidcConfig.clientId": FieldOverlay(name: "clientId"),
        ".authenticateOidcConfig.clientSecret": FieldOverlay(isSecret: true),
        ".authenticateOidcConfig.sessionCookieName": .default("AWSELBAuthSessionCookie"),
        ".authenticateOidcConfig.scope": .default("openid"),
        ".authenticateOidcConfig.sessionTimeout": .default(604_800),
        ".authenticateOidcConfig.onUnauthenticatedRequest": .default("authenticate"),
        ".authenticateCognitoConfig.userPoolClientId": FieldOverlay(name: "userPoolClientId"),
        ".authenticateCognitoConfig.sessionCookieName": .default("AWSELBAuthSessionCookie"),
        ".authenticateCognitoConfig.scope": .default("openid"),
        ".authenticateCognitoConfig.sessionTimeout": .default(604_800),
        ".authenticateCognitoConfig.onUnauthenticatedRequest": .default("authenticate"),
    ].reduce(into: [:]) { $0["defaultActions" + $1.key] = $1.value }
}
