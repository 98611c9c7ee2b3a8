extension KnownDisagreement {
    /// Those of moto 5.2 and ministack 1.5. That a member is documented, or an error, is taken from AWS's API reference.
    static let all = services + clusters + definitions + balancers + refusals

    private static let services = [
        KnownDisagreement(
            [.moto, .ministack], "*_service*", "service*ount", .local,
            "moto starts no task and says that all are pending; ministack without an engine has them running at once; both"
                + " forget what is to be drained"),
        KnownDisagreement(
            [.moto, .ministack], "*_service*", "service*rolloutState*", .local,
            "a deployment is in progress until its tasks run, and is told of by its id"),
        KnownDisagreement(
            [.moto], "*_service*", "service*platformFamily", .local,
            "the platform family is an operating system, not a launch type"),
        KnownDisagreement(
            [.ministack], "*_service*", "service*.platform*", .local,
            "Fargate's platform is LATEST on Linux unless another is asked for"),
        KnownDisagreement(
            [.ministack], "*_service*", "service*.roleArn", .local,
            "a service with a load balancer and no role of its own has the service-linked one"),
        KnownDisagreement(
            [.ministack], "*_service*", "service*.events[*", .local,
            "there is nothing to drain, as nothing was registered"),
        KnownDisagreement(
            [.moto, .ministack], "delete_service", "service.status", .local, "its tasks run: it is draining"),
        KnownDisagreement(
            [.moto, .ministack], "describe_services deleted", "services[0].deployments[*", .open,
            "whether a service that is gone has deployments is not documented"),
        KnownDisagreement(
            [.ministack], "describe_services deleted", "services[0].tags*", .local, "tags are told when asked for"),
        KnownDisagreement(
            [.moto], "describe_services", "failures[0].arn", .open,
            "the ARN of a service that does not exist is not documented"),
        KnownDisagreement(
            [.moto, .ministack], "describe_target_health", "TargetHealthDescriptions.count", .local,
            "a service registers its tasks"),
    ]

    private static let clusters = [
        KnownDisagreement(
            [.moto], "*cluster*", "cluster*ount", .local, "what is counted is what the cluster has"),
        KnownDisagreement(
            [.ministack], "describe_clusters", "clusters[0].statistics*", .local,
            "eight statistics are documented, of EC2 and Fargate"),
        KnownDisagreement(
            [.ministack], "*_cluster*", "cluster.attachmentsStatus", .local, "an empty word is not among the values"),
        KnownDisagreement(
            [.ministack], "create_cluster again", "cluster.tags*", .local, "the tag was taken away"),
        KnownDisagreement(
            [.ministack], "delete_cluster", "cluster.*", .open,
            "what the answer of a deletion still tells is not documented"),
        KnownDisagreement(
            [.ministack], "describe_clusters deleted", "*", .open,
            "deleted clusters may be told of for a while, and not to be relied upon"),
        KnownDisagreement(
            [.moto], "describe_clusters deleted", "clusters[0].settings*", .local, "settings are told when asked for"),
        KnownDisagreement(
            [.moto], "list_clusters deleted", "clusterArns*", .open,
            "deleted clusters may be told of for a while, and not to be relied upon"),
    ]

    private static let definitions = ["executionRoleArn", "ipcMode", "pidMode", "taskRoleArn"].map {
        KnownDisagreement(
            [.ministack], "*_task_definition", "taskDefinition.\($0)", .local,
            "what was not written is not there, rather than empty")
    }

    private static let balancers = [
        KnownDisagreement(
            [.moto], "*_listener*", "Listeners[0].SslPolicy", .local, "only HTTPS listeners have a policy"),
        KnownDisagreement(
            [.moto], "*_load_balancer_attributes", "Attributes[load_balancing.cross_zone.enabled].Value", .local,
            "an Application Load Balancer always balances across zones"),
        KnownDisagreement(
            [.moto], "describe_target_group_attributes", "Attributes[waf.fail_open.enabled]*", .local,
            "it is an attribute of load balancers"),
        KnownDisagreement(
            [.moto], "*_target_group*", "TargetGroups[0].LoadBalancerArns[1]", .local,
            "a target group has one load balancer, told once"),
        KnownDisagreement(
            [.ministack], "create_load_balancer", "LoadBalancers[0].State.Code", .local,
            "a load balancer is provisioned before it is active"),
        KnownDisagreement(
            [.moto], "create_load_balancer again", "LoadBalancers[0].State.Code", .local,
            "the one that is there has long been active"),
        KnownDisagreement(
            [.ministack], "*_rule*", "*FixedResponseConfig.ContentType", .open,
            "no default is documented"),
    ]

    private static let refusals = [
        refused([.moto, .ministack], "create_service again*", "it is not idempotent without a client token"),
        refused([.ministack], "create_service in an unknown cluster", "ClusterNotFoundException is documented"),
        refused([.ministack], "create_service of an unknown task definition", "there is nothing to run"),
        refused(
            [.moto, .ministack], "create_service with an unknown target group", "it has no associated load balancer"),
        refused([.ministack], "list_services of an unknown cluster", "ClusterNotFoundException is documented"),
        refused([.moto, .ministack], "delete_cluster with services", "ClusterContainsServicesException is documented"),
        refused([.ministack], "create_target_group of a wrong name", "two hyphens in a row are refused"),
        refused([.moto], "create_load_balancer again, otherwise", "DuplicateLoadBalancerName is documented"),
        refused(
            [.ministack], "create_load_balancer again", "creating is idempotent where the settings are the same"),
        refused([.moto, .ministack], "create_listener without certificate", "HTTPS needs one"),
        refused([.ministack], "create_listener to an unknown target group", "TargetGroupNotFound is documented"),
        refused([.ministack], "create_rule of a priority in use", "PriorityInUse is documented"),
        refused([.ministack], "describe_target_groups unknown", "TargetGroupNotFound is documented"),
        refused([.ministack], "describe_listeners unknown", "ListenerNotFound is documented"),
        refused([.ministack], "describe_rules unknown", "RuleNotFound is documented"),
        refused([.moto], "describe_tags unknown", "TargetGroupNotFound is documented"),
        refused([.ministack], "delete_target_group in use", "ResourceInUse is documented"),
        refused([.moto, .ministack], "delete_rule unknown", "RuleNotFound is documented"),
    ]

    /// One that refuses what the local cloud does, or does what it refuses, or gives another code.
    private static func refused(_ apis: [ComparedAPI], _ command: String, _ because: String) -> KnownDisagreement {
        KnownDisagreement(apis, command, "outcome", .local, because)
    }
}
