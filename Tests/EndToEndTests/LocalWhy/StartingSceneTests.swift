import AttributeTree
import Foundation
import TestBackends
import Testing

extension EndToEndTests {
    /// Causes of tasks that do not start, or do not stay.
    @Suite struct StartingSceneTests {
        /// - Parameter isMade: ECS makes the group.
        static func log(_ isMade: Bool) -> String {
            """
            logConfiguration:
              logDriver: awslogs
              options:
                awslogs-group: \(isMade ? "apps" : "nowhere")
                awslogs-region: local-1
                awslogs-stream-prefix: app
                awslogs-create-group: "\(isMade)"

            """
        }

        static let starting = [
            Scene(
                name: "no-image", image: "nowhere/app:1", cause: "image-not-found",
                says: "image nowhere/app:1 cannot be pulled"),
            Scene(
                name: "no-secret", container: "secrets: [{name: TOKEN, valueFrom: /nowhere}]",
                cause: "secret-not-found", says: "a secret of the task definition is not there"),
            Scene(
                name: "no-log-group", container: log(false), cause: "log-group-missing",
                says: "the log group of a container is not there"),
            Scene(
                name: "no-command", container: "entryPoint: [/nowhere/serve]", cause: "command-not-found",
                says: "container app has no such command"),
            Scene(
                name: "no-command-in-shell", container: shell("serve"), cause: "command-not-found",
                says: "container app has no such command"),
            Scene(
                name: "not-executable", container: "entryPoint: [/etc/passwd]", cause: "command-not-executable",
                says: "the command of container app cannot be executed"),
            Scene(
                name: "other-processor", container: "entryPoint: [\"#place/serve\"]",
                before: { place in
                    let file = place.directory.appending(path: "serve")
                    try Data("\u{7f}ELF for another processor".utf8).write(to: file)
                    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
                },
                cause: "image-platform", says: "image reconcile/hello is not built for the processor"),
            Scene(
                name: "group-gone", afterwards: { try await $0.losesSecurityGroup("group-gone") }, status: 0,
                cause: "subnet-or-group-wrong", says: "a subnet or a security group of the service is not there"),
            Scene(
                name: "no-directory", container: "entryPoint: [/etc/passwd/serve]", cause: "container-cannot-start",
                says: "container app cannot be started"),
            Scene(
                name: "no-migration",
                container: "dependsOn: [{containerName: migrate, condition: SUCCESS}]",
                containers: """
                    - name: migrate
                      image: reconcile/hello
                      essential: false
                      entryPoint: [/bin/sh, -c, exit 3]
                    """,
                cause: "dependency-failed", says: "container migrate, which others wait for, ended with 3"),
        ]

        static let running = [
            Scene(
                name: "killed", container: shell("kill -9 $$"), cause: "killed", says: "container app was killed"),
            Scene(
                name: "job", container: shell("exit 0"), cause: "ended-well",
                says: "container app ends by itself, with 0"),
            Scene(
                name: "crash", container: log(true) + shell("echo no table users; exit 3"), cause: "exited",
                says: "container app ends by itself, with exit code 3"),
            Scene(
                // Not serving yet when the proxy ends: else the deployment may be complete by then.
                name: "sidecar", variables: ["HELLO_START_DELAY": "60"],
                containers: """
                    - name: proxy
                      image: reconcile/hello
                      entryPoint: [/bin/sh, -c, exit 4]
                    """,
                cause: "exited", says: "container proxy ends by itself, with exit code 4"),
            Scene(
                name: "sick", container: "healthCheck: {command: [CMD-SHELL, exit 1], interval: 5, retries: 2}",
                cause: "container-unhealthy", says: "the health check of a container fails"),
        ]

        /// What processes do not do.
        static let contained = [
            Scene(
                name: "memory", image: "registry.example/hello:1.0",
                container: "memory: 16\nentryPoint: [/bin/sh, -c, tail /dev/zero]", cause: "out-of-memory",
                says: "container app needs more memory than it may have"),
            Scene(
                name: "no-program", image: "registry.example/hello:1.0", container: "entryPoint: [/nowhere/serve]",
                cause: "command-not-found", says: "container app has no such command"),
        ]

        /// What registries refuse.
        static func pulled(from registry: ImageRegistry) -> [Scene] {
            [
                Scene(
                    name: "denied", image: registry.image(.denied), cause: "image-access-denied",
                    says: "image \(registry.image(.denied)) may not be pulled, or its repository does not exist"),
                Scene(
                    name: "limited", image: registry.image(.limited), cause: "image-rate-limited",
                    says: "the registry of \(registry.image(.limited)) refuses more pulls for now"),
                Scene(
                    name: "foreign", image: registry.image(.foreign), cause: "image-platform",
                    says: "image \(registry.image(.foreign)) is not built for the processor"),
                Scene(
                    name: "missing", image: registry.image(.missing), cause: "image-not-found",
                    says: "image \(registry.image(.missing)) cannot be pulled"),
                Scene(
                    name: "nowhere", image: "127.0.0.1:1/app:1", cause: "registry-unreachable",
                    says: "tasks cannot reach the registry of 127.0.0.1:1/app:1"),
            ]
        }

        @Test("What a container engine refuses or kills is named first", PythonPrograms.areInstalled())
        func contained() async throws {
            try await ContainerEngine.run(helloTags: ["1.0"]) { engine in
                try await Scene.play(Self.contained, engine: engine)
            }
        }

        @Test("What a registry refuses is named first", PythonPrograms.areInstalled())
        func pulled() async throws {
            try await ContainerEngine.run(helloTags: []) { engine in
                try await ImageRegistry.run { registry in
                    try await Scene.play(Self.pulled(from: registry), engine: engine)
                }
            }
        }

        @Test(
            "What keeps a task from starting is named first, by apply and later by why", PythonPrograms.areInstalled())
        func starting() async throws {
            try await Scene.play(Self.starting)
        }

        @Test("What a task dies of is named first, by apply and later by why", PythonPrograms.areInstalled())
        func running() async throws {
            try await Scene.play(Self.running)
        }
    }
}

extension Workplace {
    /// Somebody moves the service into a security group of its own, and deletes that while nothing runs.
    fileprivate func losesSecurityGroup(_ name: String) async throws {
        let made = try await aws("ec2", "create-security-group", "--group-name", name, "--description", "short-lived")
        let group = try #require(made["GroupId"]?.stringValue)
        let subnets = try await aws("ec2", "describe-subnets", "--filters", "Name=default-for-az,Values=true")
        let subnet = try #require(subnets["Subnets"].strings("SubnetId").first)
        try await update(
            name, "--desired-count", "0", "--network-configuration",
            "awsvpcConfiguration={subnets=[\(subnet)],securityGroups=[\(group)],assignPublicIp=ENABLED}")
        try await aws("ec2", "delete-security-group", "--group-id", group)
        try await update(name, "--desired-count", "1")
    }
}
