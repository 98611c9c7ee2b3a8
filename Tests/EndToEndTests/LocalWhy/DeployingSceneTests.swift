import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// Causes that lie around the tasks: the way to them, the deployment, and others who change things.
    @Suite struct DeployingSceneTests {
        static let ways = [
            Scene(
                name: "no-listener",
                afterwards: { place in
                    try await place.aws(
                        "elbv2", "delete-listener", "--listener-arn", try await place.listener("no-listener"))
                },
                status: 0, cause: "forwards-nowhere", says: "no listener sends requests to the tasks"),
            Scene(
                name: "no-weight",
                afterwards: { place in
                    let group = try await place.targetGroup("no-weight")
                    try await place.aws(
                        "elbv2", "modify-listener", "--listener-arn", try await place.listener("no-weight"),
                        "--default-actions",
                        "Type=forward,ForwardConfig={TargetGroups=[{TargetGroupArn=\(group),Weight=0}]}")
                },
                status: 0, cause: "forwards-nowhere", says: "no listener sends requests to the tasks"),
            Scene(
                name: "other-zone", service: "", subnets: "[#3]", balancerSubnets: "[#1, #2]", timeout: 5, status: 4,
                cause: "zone-not-enabled", says: "targets are in a zone that the load balancer is not in"),
            Scene(
                name: "answered-by-rule", variables: ["VERSION": "2"], isUpdate: true, timeout: 5,
                before: { try await $0.answer(with: 404, for: "answered-by-rule") }, status: 4, cause: "other-answer",
                says: "the tasks are there, and a request through the load balancer is answered with 404"),
            Scene(
                name: "stopped",
                container: "dependsOn: [{containerName: setup, condition: SUCCESS}]",
                containers: """
                    - name: setup
                      image: reconcile/hello
                      essential: false
                      entryPoint: [/bin/sleep, "8"]
                    """,
                afterwards: { place in
                    let tasks = try await place.aws("ecs", "list-tasks", "--cluster", "stopped")["taskArns"]
                    let task = try #require(tasks?[0]?.stringValue)
                    try await place.aws("ecs", "stop-task", "--cluster", "stopped", "--task", task)
                },
                status: 0, cause: "stopped-by-user", says: "somebody stops tasks of this deployment"),
        ]

        static let deployments = [
            Scene(
                name: "no-room", variables: ["VERSION": "2"],
                service: "deploymentConfiguration: {minimumHealthyPercent: 100, maximumPercent: 150}", isUpdate: true,
                timeout: 5, status: 4, cause: "no-room-to-roll",
                says: "the deployment may neither stop a task nor start one more"),
            Scene(
                name: "refused", service: "deploymentConfiguration: {minimumHealthyPercent: 100, maximumPercent: 100}",
                cause: "call-refused", says: "AWS refuses ecs:CreateService as it is asked for",
                message: "cannot be 100"),
            Scene(
                name: "long-drain", variables: ["VERSION": "2"], deregistrationDelay: 3600, isUpdate: true, timeout: 5,
                status: 4, cause: "drains-for-long", says: "earlier tasks are still finishing"),
            Scene(
                name: "overtaken", variables: ["HELLO_START_DELAY": "60"],
                service: "healthCheckGracePeriodSeconds: 3600",
                isUpdate: true,
                meanwhile: { place in
                    try await place.rolls("overtaken", deployments: 2)
                    try await place.update("overtaken", "--task-definition", "overtaken:1")
                },
                status: 5, cause: "superseded", says: "another deployment has taken the place of this one",
                message: "another deployment has taken its place"),
            Scene(
                name: "rolled-back", variables: ["HELLO_CRASH_AFTER": "0.1", "HELLO_START_DELAY": "60"], isUpdate: true,
                status: 3,
                cause: "exited", says: "container app ends by itself, with exit code 1", message: "rolled back"),
            Scene(
                name: "scaled-away", variables: ["HELLO_START_DELAY": "60"],
                service: "healthCheckGracePeriodSeconds: 3600", timeout: 8,
                meanwhile: { place in
                    try await place.rolls("scaled-away", deployments: 1)
                    try await place.update("scaled-away", "--desired-count", "0")
                },
                status: 4, cause: "scaled-to-zero", says: "the service wants no tasks"),
        ]

        @Test(
            "What lies between requests and tasks is named first, by apply and later by why",
            PythonPrograms.areInstalled())
        func ways() async throws {
            try await Scene.play(Self.ways)
        }

        @Test(
            "What keeps a deployment from its end is named first, by apply and later by why",
            PythonPrograms.areInstalled())
        func deployments() async throws {
            try await Scene.play(Self.deployments)
        }
    }
}
