import AttributeTree

/// What AWS refuses to register.
struct TaskDefinitionCheck: Sendable {
    private let content: AttributeValue
    let containers: [AttributeValue]

    /// - Parameter content: normalized.
    init(_ content: AttributeValue) {
        self.content = content
        containers = content["containerDefinitions"]?.listValue ?? []
    }

    var cpu: Int? { (content["cpu"]?.stringValue).flatMap(Int.init) }
    var memory: Int? { (content["memory"]?.stringValue).flatMap(Int.init) }
    private var networkMode: String { content["networkMode"]?.stringValue ?? "" }
    private var isForFargate: Bool { content["requiresCompatibilities"]?.listValue?.contains("FARGATE") ?? false }

    func run() throws(CloudFault) {
        guard ResourceName.isValid(content["family"]?.stringValue ?? "") else {
            throw .client("Family contains invalid characters.")
        }
        try checkNames()
        try checkNetwork()
        for container in containers { try checkReferences(of: container) }
        if isForFargate { try checkFargate() }
        try checkSizes()
        try ContainerDependencyCheck(containers).run()
    }

    private func checkNames() throws(CloudFault) {
        if containers.isEmpty { throw .client("Container list cannot be empty.") }
        if containers.count > 10 { throw .client("Too many containers.") }
        var names: Set<String> = []
        for container in containers {
            let name = container["name"]?.stringValue ?? ""
            if name.isEmpty { throw .client("Container.name should not be null or empty.") }
            guard ResourceName.isValid(name) else { throw .client("Container.name contains invalid characters.") }
            let image = container["image"]?.stringValue ?? ""
            if image.isEmpty { throw .client("Container.image should not be null or empty.") }
            if image.contains(where: { $0.isWhitespace || $0 == "$" }) {
                throw .client("Container.image contains invalid characters.")
            }
            guard names.insert(name).inserted else {
                throw .client("Container names must be unique within a Task Definition.")
            }
        }
        guard containers.contains(where: { $0["essential"] == true }) else {
            throw .client("Task definition must have at least one essential container.")
        }
    }

    private func checkNetwork() throws(CloudFault) {
        for container in containers {
            let isLinked = !(container["links"]?.listValue ?? []).isEmpty
            if networkMode != "bridge", isLinked {
                throw .client("Links are not supported when networkMode=\(networkMode).")
            }
            for mapping in container["portMappings"]?.listValue ?? [] {
                guard let port = mapping["containerPort"]?.intValue else { continue }
                guard (0...65535).contains(port), (0...65535).contains(mapping["hostPort"]?.intValue ?? 0) else {
                    throw .client("Ports must be between 0 and 65535.")
                }
                if networkMode == "awsvpc", mapping["hostPort"]?.intValue != port {
                    throw .client(
                        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.")
                }
            }
        }
    }

    private func checkReferences(of container: AttributeValue) throws(CloudFault) {
        let volumes = Set((content["volumes"]?.listValue ?? []).compactMap { $0["name"] })
        for mount in container["mountPoints"]?.listValue ?? [] {
            guard let volume = mount["sourceVolume"], !volumes.contains(volume) else { continue }
            throw .client("Unknown volume '\(volume.stringValue ?? "")'.")
        }
        if !(container["secrets"]?.listValue ?? []).isEmpty, content["executionRoleArn"] == nil {
            throw .client(
                "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.")
        }
    }

    private func checkFargate() throws(CloudFault) {
        guard networkMode == "awsvpc" else { throw .client("Fargate only supports network mode 'awsvpc'.") }
        guard let cpu else { throw .client("Fargate requires that 'cpu' be defined at the task level.") }
        guard let memory else { throw .client("Fargate requires that 'memory' be defined at the task level.") }
        guard TaskSize.isOfFargate(cpu: cpu, memory: memory) else {
            throw .client("No Fargate configuration exists for given values: \(cpu) CPU, \(memory) memory.")
        }
        if let mode = content["pidMode"]?.stringValue, mode != "task" {
            throw .client(
                "Tasks using the Fargate launch type do not support pidMode '\(mode)'. The supported value for pidMode "
                    + "is 'task'.")
        }
        let storage = content["ephemeralStorage"]?["sizeInGiB"]?.intValue ?? 21
        guard (21...200).contains(storage) else {
            throw .client("The ephemeral storage size must be between 21 and 200 GiB.")
        }
        for container in containers { try checkOnFargate(container) }
    }

    private func checkOnFargate(_ container: AttributeValue) throws(CloudFault) {
        if container["privileged"] == true { throw .client("Fargate does not support privileged containers.") }
        guard content["executionRoleArn"] == nil else { return }
        if container["logConfiguration"]?["logDriver"] == "awslogs" {
            throw .client(
                "Fargate requires task definition to have execution role ARN to support log driver awslogs.")
        }
        let image = container["image"]?.stringValue ?? ""
        if image.contains(".dkr.ecr.") {
            throw .client("Fargate requires task definition to have execution role ARN to support ECR images.")
        }
    }

    private func checkSizes() throws(CloudFault) {
        for container in containers {
            let name = container["name"]?.stringValue ?? ""
            let hard = container["memory"]?.intValue
            let soft = container["memoryReservation"]?.intValue
            if memory == nil, hard == nil, soft == nil {
                throw .client(
                    "Invalid setting for container '\(name)'. At least one of 'memory' or 'memoryReservation' must be "
                        + "specified.")
            }
            if let hard, let soft, hard < soft {
                throw .client(
                    "Invalid setting for container '\(name)'. 'memory' must be greater than 'memoryReservation'.")
            }
            if let memory, let hard, hard > memory {
                throw .client("The 'memory' setting for container '\(name)' is greater than for the task.")
            }
        }
        if let memory, sum("memoryReservation") > memory {
            throw .client(
                "The sum of all container 'memoryReservation' values cannot be greater than the value of the task "
                    + "'memory'.")
        }
        if let cpu, sum("cpu") > cpu {
            throw .client("The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.")
        }
    }

    private func sum(_ member: String) -> Int { containers.reduce(0) { $0 + ($1[member]?.intValue ?? 0) } }
}
