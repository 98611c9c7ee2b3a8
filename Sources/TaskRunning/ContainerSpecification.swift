/// A container to be.
package struct ContainerSpecification: Sendable, Hashable {
    package var name: String
    package var image: String
    /// `nil`: the image's own.
    package var entryPoint: [String]?
    /// `nil`: the image's own.
    package var command: [String]?
    package var environment: [String: String]
    package var workingDirectory: String?
    package var user: String?
    /// In MiB.
    package var memoryLimit: Int?
    /// The ports it listens on, at the address of its task.
    package var ports: [Int]
    package var isReadOnly: Bool
    /// Whether a first process of the engine's forwards signals and collects ended processes. Without it, a program
    /// that does not handle SIGTERM outlives the grace, and one that is not there does not start, instead of ending
    /// with 127.
    package var hasInit: Bool

    package init(
        name: String, image: String, entryPoint: [String]? = nil, command: [String]? = nil,
        environment: [String: String] = [:], workingDirectory: String? = nil, user: String? = nil,
        memoryLimit: Int? = nil, ports: [Int] = [], isReadOnly: Bool = false,
        hasInit: Bool = true
    ) {
        self.name = name
        self.image = image
        self.entryPoint = entryPoint
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.user = user
        self.memoryLimit = memoryLimit
        self.ports = ports
        self.isReadOnly = isReadOnly
        self.hasInit = hasInit
    }
}

/// What the containers of one task share. It can be kept, and used after a restart.
package struct TaskPlace: Sendable, Hashable, Codable {
    /// What a place is made from.
    package struct Request: Sendable, Hashable {
        /// The task's id, which is unique.
        package var task: String
        /// An address of this machine that nobody else uses; for processes. Containers get one of their engine's.
        package var loopbackAddress: String

        package init(task: String, loopbackAddress: String) {
            self.task = task
            self.loopbackAddress = loopbackAddress
        }
    }

    package var task: String
    /// The address of this machine that its processes listen at; `nil` where the engine gives its containers one.
    /// ``ContainerHandle/address`` is the one at which a container is reached.
    package var address: String?

    package init(task: String, address: String?) {
        self.task = task
        self.address = address
    }
}

/// A container that has been started. It can be kept, and used after a restart.
package struct ContainerHandle: Sendable, Hashable, Codable {
    package var task: String
    package var name: String
    /// What the runner knows it by: an id of the engine, or a process id with the time of its start.
    package var runtimeID: String
    /// At which its ports are reached.
    package var address: String

    package init(task: String, name: String, runtimeID: String, address: String) {
        self.task = task
        self.name = name
        self.runtimeID = runtimeID
        self.address = address
    }
}
