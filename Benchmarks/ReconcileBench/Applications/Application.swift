/// A service behind a load balancer: six resources in a cluster.
struct Application {
    static let size = 6

    var number: Int
    var cluster: GeneratedResource.ID

    var resources: [GeneratedResource] {
        [
            taskDefinition, loadBalancer, targetGroup, listener("http", port: 80), listener("internal", port: 8000),
            service,
        ]
    }

    private var name: String { "app-\(number)" }

    private func id(_ kind: String) -> GeneratedResource.ID { .init(kind: kind, name: name) }

    private var taskDefinition: GeneratedResource {
        GeneratedResource(
            id("TaskDefinition"),
            [
                "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
                "executionRole": "arn:aws:iam::123456789012:role/execution",
                "containerDefinitions": [
                    [
                        "name": "app", "image": "registry.example/app-\(number):1.\(number % 10)", "essential": true,
                        "portMappings": [["containerPort": 8080]],
                        "environment": [
                            ["name": "APPLICATION", "value": .text(name)], ["name": "LOG_LEVEL", "value": "info"],
                            ["name": "DATABASE_HOST", "value": "database-\(number).internal.example"],
                        ],
                        "logConfiguration": [
                            "logDriver": "awslogs",
                            "options": [
                                "awslogs-group": "/applications/\(name)", "awslogs-region": "eu-west-1",
                                "awslogs-stream-prefix": "app",
                            ],
                        ],
                    ]
                ],
            ])
    }

    private var loadBalancer: GeneratedResource {
        GeneratedResource(
            id("LoadBalancer"),
            [
                "type": "application", "scheme": "internal", "subnets": "default", "securityGroups": "default",
                "tags": ["team": "team-\(number % 20)"],
            ])
    }

    private var targetGroup: GeneratedResource {
        GeneratedResource(
            id("TargetGroup"),
            [
                "protocol": "HTTP", "port": 8080, "targetType": "ip", "vpc": "default",
                "healthCheckPath": "/healthz", "healthCheckIntervalSeconds": 15, "matcher": ["httpCode": "200-299"],
            ])
    }

    private func listener(_ role: String, port: Int) -> GeneratedResource {
        GeneratedResource(
            .init(kind: "Listener", name: "\(name)-\(role)"),
            [
                "loadBalancer": .reference(id("LoadBalancer")), "protocol": "HTTP", "port": .number(port),
                "defaultActions": [["type": "forward", "targetGroup": .reference(id("TargetGroup"))]],
            ])
    }

    private var service: GeneratedResource {
        GeneratedResource(
            id("Service"),
            [
                "cluster": .reference(cluster), "taskDefinition": .reference(id("TaskDefinition")),
                "desiredCount": 2, "launchType": "FARGATE",
                "networkConfiguration": [
                    "awsvpcConfiguration": ["subnets": "default", "securityGroups": "default"]
                ],
                "loadBalancers": [
                    ["targetGroup": .reference(id("TargetGroup")), "containerName": "app", "containerPort": 8080]
                ],
                "deploymentConfiguration": [
                    "deploymentCircuitBreaker": ["enable": true, "rollback": true], "minimumHealthyPercent": 100,
                    "maximumPercent": 200,
                ],
            ])
    }
}
