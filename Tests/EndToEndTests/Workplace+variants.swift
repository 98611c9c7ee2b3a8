/// Variants of the manifests, for what an API cannot do.
extension Workplace {
    /// The tasks are not registered: where there is no container engine nobody would answer.
    func leaveTargetGroupAlone() throws {
        try edit(
            "service.yaml",
            """
              loadBalancers:
                - {targetGroup: web, containerName: app, containerPort: 8080}

            """, "")
    }

    /// With what moto needs, and without what it forgets: the deployment configuration.
    func suitMoto() throws {
        try nameSecurityGroups("service.yaml")
        try edit(
            "service.yaml",
            """
              deploymentConfiguration:
                deploymentCircuitBreaker: {enable: true, rollback: true}

            """, "")
    }

    /// AWS takes the default ones where a service names none; moto fails.
    func nameSecurityGroups(_ file: String) throws {
        try edit(file, "subnets: default", "subnets: default, securityGroups: default")
    }

    /// ministack drops weights: the storefronts get a listener each.
    func listenOncePerStorefront() throws {
        try edit(
            "front-door.yaml",
            """
                - type: forward
                  forwardConfig:
                    targetGroups:
                      - {targetGroup: storefront, weight: 100}
                      - {targetGroup: storefront-next, weight: "${var.next}"}

            """,
            """
                - {type: forward, targetGroup: storefront}
            ---
            apiVersion: reconcile/v1
            kind: Listener
            metadata: {name: shop-next}
            spec:
              loadBalancer: shop
              protocol: HTTP
              port: 81
              defaultActions: [{type: forward, targetGroup: storefront-next}]

            """)
    }
}

extension Workplace {
    /// A target drains for five seconds, in place of five minutes.
    func drainQuickly() throws {
        try edit(
            "target-group.yaml", "healthCheckPath: /healthz",
            "healthCheckPath: /healthz, attributes: {deregistration_delay.timeout_seconds: \"5\"}")
    }
}
