/// What the engine says when it refuses.
struct EngineRefusal: Sendable, Decodable {
    var message: String

    private enum CodingKeys: String, CodingKey { case message, error }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        message =
            try container.decodeIfPresent(String.self, forKey: .error)
            ?? container.decode(String.self, forKey: .message)
    }
}

/// What kind of engine it is.
struct EngineInformation: Sendable, Decodable {
    var operatingSystem: String?
    var securityOptions: [String]?

    private enum CodingKeys: String, CodingKey {
        case operatingSystem = "OperatingSystem"
        case securityOptions = "SecurityOptions"
    }

    /// Whether this machine reaches the addresses of its containers: not where they are in a virtual machine, or in the
    /// network of a user.
    var givesReachableAddresses: Bool {
        operatingSystem?.contains("Docker Desktop") != true
            && securityOptions?.contains { $0.contains("name=rootless") } != true
    }
}

/// A container to be made.
struct EngineContainer: Sendable, Encodable {
    var image: String
    var command: [String]?
    var entryPoint: [String]?
    var environment: [String]
    var workingDirectory: String?
    var user: String?
    var labels: [String: String]
    var host: Host

    struct Host: Sendable, Encodable {
        /// In bytes.
        var memory: Int?
        /// `container:ID` to share the network of another; `nil` for the engine's bridge.
        var networkMode: String?
        var isReadOnly: Bool
        var hasInit: Bool
        var logging: Logging

        private enum CodingKeys: String, CodingKey {
            case memory = "Memory"
            case networkMode = "NetworkMode"
            case isReadOnly = "ReadonlyRootfs"
            case hasInit = "Init"
            case logging = "LogConfig"
        }
    }

    struct Logging: Sendable, Encodable {
        var type: String
        var options: [String: String]

        private enum CodingKeys: String, CodingKey {
            case type = "Type"
            case options = "Config"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case image = "Image"
        case command = "Cmd"
        case entryPoint = "Entrypoint"
        case environment = "Env"
        case workingDirectory = "WorkingDir"
        case user = "User"
        case labels = "Labels"
        case host = "HostConfig"
    }
}

/// What was made: a container, or a command in one.
struct EngineCreated: Sendable, Decodable {
    var id: String

    private enum CodingKeys: String, CodingKey { case id = "Id" }
}

/// A container in a list.
struct EngineListing: Sendable, Decodable {
    var id: String
    var state: String
    var labels: [String: String]?

    private enum CodingKeys: String, CodingKey {
        case id = "Id"
        case state = "State"
        case labels = "Labels"
    }
}

/// What the engine tells of one container.
struct EngineInspection: Sendable, Decodable {
    struct State: Sendable, Decodable {
        var isRunning: Bool
        var exitCode: Int
        var wasOutOfMemory: Bool?

        private enum CodingKeys: String, CodingKey {
            case isRunning = "Running"
            case exitCode = "ExitCode"
            case wasOutOfMemory = "OOMKilled"
        }
    }

    struct Configuration: Sendable, Decodable {
        var labels: [String: String]?

        private enum CodingKeys: String, CodingKey { case labels = "Labels" }
    }

    struct Networks: Sendable, Decodable {
        struct Endpoint: Sendable, Decodable {
            var address: String?

            private enum CodingKeys: String, CodingKey { case address = "IPAddress" }
        }

        var endpoints: [String: Endpoint]?

        private enum CodingKeys: String, CodingKey { case endpoints = "Networks" }
    }

    var state: State
    var configuration: Configuration
    var networks: Networks?

    private enum CodingKeys: String, CodingKey {
        case state = "State"
        case configuration = "Config"
        case networks = "NetworkSettings"
    }

    /// In the engine's bridge; `nil` when it has ended or shares another's network.
    var address: String? {
        networks?.endpoints?.values.compactMap(\.address).first { !$0.isEmpty }
    }
}

/// A command to run in a container.
struct EngineCommand: Sendable, Encodable {
    var arguments: [String]
    var attachesOutput = true
    var attachesErrors = true

    init(arguments: [String]) {
        self.arguments = arguments
    }

    private enum CodingKeys: String, CodingKey {
        case arguments = "Cmd"
        case attachesOutput = "AttachStdout"
        case attachesErrors = "AttachStderr"
    }
}

/// What became of it.
struct EngineCommandOutcome: Sendable, Decodable {
    var exitCode: Int?

    private enum CodingKeys: String, CodingKey { case exitCode = "ExitCode" }
}
