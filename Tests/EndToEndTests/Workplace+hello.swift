/// Variants of manifests/hello.
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

    /// Without what moto does not know: it needs a service's security groups, and forgets its deployment configuration.
    func suitMoto() throws {
        try edit("service.yaml", "subnets: default", "subnets: default, securityGroups: default")
        try edit(
            "service.yaml",
            """
              deploymentConfiguration:
                deploymentCircuitBreaker: {enable: true, rollback: true}

            """, "")
    }
}
