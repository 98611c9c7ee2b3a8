extension Cause {
    /// What keeps the containers of a task from starting.
    static let starting = images + permissions + resources

    private static let images = [
        Cause(
            "image-rate-limited", .stopped([["CannotPull", "toomanyrequests"], ["CannotPull", "pull rate limit"]])
        ) {
            "the registry of \($0.image) refuses more pulls for now"
        } remedy: { _ in
            "wait, or pull with credentials (`repositoryCredentials`), or from a registry of your own such as Amazon ECR"
        },
        Cause(
            "image-platform",
            .stopped([["CannotPull", "platform"], ["CannotPull", "no matching manifest"], ["exec format error"]])
        ) {
            "image \($0.image) is not built for the processor that tasks run on"
        } remedy: { _ in
            "build it for that platform, or write the image's in `runtimePlatform` of the task definition"
        },
        Cause(
            "registry-unreachable",
            .stopped([
                ["CannotPull", "i/o timeout"], ["CannotPull", "no such host"], ["CannotPull", "connection refused"],
                ["CannotPull", "timeout"], ["registry auth", "i/o timeout"], ["registry auth", "timeout"],
            ])
        ) {
            "tasks cannot reach the registry of \($0.image)"
        } remedy: { _ in
            "give them a way out: `assignPublicIp: ENABLED` in public subnets, a NAT gateway in private ones, or VPC "
                + "endpoints for the registry"
        },
        Cause(
            "image-access-denied",
            .stopped([
                ["CannotPull", "access denied"], ["CannotPull", "unauthorized"], ["CannotPull", "denied"],
                ["CannotPull", "authorization"],
            ])
        ) {
            "image \($0.image) may not be pulled, or its repository does not exist"
        } remedy: { _ in
            "check the name of the repository, and let the `executionRoleArn` of the task definition pull from it"
        },
        Cause(
            "no-space-for-image", .stopped([["CannotPull", "no space left"], ["no space left on device"]])
        ) {
            "image \($0.image) does not fit on the disk of the task"
        } remedy: { _ in
            "raise `ephemeralStorage` of the task definition, or make the image smaller"
        },
        Cause("image-not-found", .stopped([["CannotPull"]])) {
            "image \($0.image) cannot be pulled"
        } remedy: {
            "check the name and tag of \($0.image), and that it was pushed to that registry"
        },
    ]

    private static let permissions = [
        Cause(
            "role-not-assumable",
            .any([
                .event([["unable to assume the role"], ["unable to assume role"]]),
                .stopped([["unable to assume", "role"], ["sts:AssumeRole"]]),
            ])
        ) { _ in
            "ECS cannot assume a role of the task definition"
        } remedy: { _ in
            "let `ecs-tasks.amazonaws.com` assume it in its trust policy, and check `taskRoleArn` and `executionRoleArn`"
        },
        Cause(
            "secret-not-allowed",
            .stopped([
                ["secret", "AccessDenied"], ["ssm", "AccessDenied"], ["secret", "not authorized"],
                ["ssm", "not authorized"], ["kms", "AccessDenied"],
            ])
        ) { _ in
            "the execution role may not read a secret of the task definition"
        } remedy: { _ in
            "allow it `secretsmanager:GetSecretValue` or `ssm:GetParameters` on it, and `kms:Decrypt` on its key"
        },
        Cause(
            "secret-not-found",
            .stopped([
                ["unable to retrieve secret"], ["unable to pull secrets", "ResourceNotFound"],
                ["unable to pull secrets", "ParameterNotFound"], ["invalid ssm parameters"],
                ["unable to pull secrets", "secrets manager"],
            ])
        ) { _ in
            "a secret of the task definition is not there"
        } remedy: { _ in
            "check `valueFrom` of the container's `secrets`: the name or ARN, the region, and that it was created"
        },
        Cause(
            "log-group-missing",
            .stopped([
                ["logger args", "log group does not exist"], ["logger args", "ResourceNotFound"],
                ["Cloudwatch log stream", "does not exist"], ["failed to validate logger args"],
            ])
        ) { _ in
            "the log group of a container is not there"
        } remedy: { _ in
            "create it, or write `awslogs-create-group: \"true\"` in the options of `logConfiguration`"
        },
        Cause(
            "execution-role-not-allowed", .stopped([["AccessDenied"], ["not authorized to perform"]])
        ) { _ in
            "a role of the task definition is not allowed what starting the task needs"
        } remedy: { _ in
            "allow the role that the message names the action that it names; the managed policy "
                + "AmazonECSTaskExecutionRolePolicy has what most tasks need"
        },
    ]

    private static let resources = [
        Cause(
            "file-system-not-mounted", .stopped([["EFS"], ["failed to", "mount"], ["mount.nfs"]])
        ) { _ in
            "a volume of the task definition cannot be mounted"
        } remedy: { _ in
            "check that the file system has mount targets in the subnets of the tasks, and that its security group lets "
                + "them in on port 2049"
        },
        Cause(
            "addresses-used-up",
            .any([
                .event([
                    ["InsufficientFreeAddresses"], ["does not have enough free", "address"], ["RESOURCE:ENI"],
                    ["insufficient free", "address"],
                ]),
                .stopped([["InsufficientFreeAddresses"], ["network interface provisioning"]]),
            ])
        ) { _ in
            "there is no network address left for another task"
        } remedy: { _ in
            "give the service larger or more subnets, or on instances a type with more network interfaces"
        },
        Cause(
            "subnet-or-group-wrong",
            .any([
                .event([["InvalidSubnet"], ["subnet", "does not exist"], ["security group", "does not exist"]]),
                .stopped([["InvalidSubnet"], ["subnet", "does not exist"], ["security group", "does not exist"]]),
            ])
        ) { _ in
            "a subnet or a security group of the service is not there"
        } remedy: { _ in
            "check `awsvpcConfiguration` of the service: both must exist, in one VPC"
        },
        Cause(
            "command-not-found",
            .any([
                .stopped([["executable file not found"], ["CannotStart", "no such file or directory"]]),
                .exited { $0 == 127 },
            ])
        ) {
            "\($0.containerName) has no such command"
        } remedy: { _ in
            "check `command` and `entryPoint` of the container against what is in the image"
        },
        Cause(
            "command-not-executable",
            .any([.stopped([["CannotStart", "permission denied"]]), .exited { $0 == 126 }])
        ) {
            "the command of \($0.containerName) cannot be executed"
        } remedy: { _ in
            "make the file executable in the image (`chmod +x`), and check the user the container runs as"
        },
        Cause(
            "dependency-failed",
            .stopped([
                ["dependency graph"], ["dependency", "did not"], ["dependsOn"], ["dependent container"],
                ["dependency container"],
            ])
        ) { seen in
            seen.dependency.map { "container \($0.name), which others wait for, ended with \($0.exitCode ?? 1)" }
                ?? "a container waits for another one that did not become what `dependsOn` wants"
        } remedy: { seen in
            seen.dependency == nil
                ? "look at the container it depends on: its exit code or its health check; or raise its `startTimeout`"
                : "have it end with 0: its last words are below, where it writes to `awslogs`"
        },
        Cause(
            "container-cannot-start", .stopped([["CannotStartContainer"], ["CannotCreateContainer"]])
        ) {
            "\($0.containerName) cannot be started"
        } remedy: { _ in
            "the reason says what the container runtime refuses; check the container's definition for it"
        },
    ]
}

extension Seen {
    /// What a container waited for in vain, where it ended; the one that waits is said to have ended with 143.
    fileprivate var dependency: Evidence.Task.Container? {
        task?.containers.first { ![nil, 0, 143].contains($0.exitCode) }
    }
}
