package import TaskRunning

/// What a local cloud is started with.
package struct LocalCloudSettings: Sendable {
    /// Where containers are run.
    package enum ContainerEngine: Sendable, Hashable {
        /// At Docker's or Podman's socket where one answers, as processes otherwise.
        case automatic
        /// Always as processes.
        case none
        /// At this socket.
        case socket(path: String)
    }

    /// Where everything is kept; made when it is not there.
    package var directory: String
    package var account: Account
    /// Of the endpoint, on 127.0.0.1. 0: that of the last time when it is free, or else any.
    package var port: Int
    package var imageMappings: [ImageMapping]
    package var containerEngine: ContainerEngine
    /// Seconds of the cloud's time in a real one.
    package var clockRate: Double
    /// Command lines of images that always run as processes, by their names: `reconcile/hello`.
    package var builtInImages: [String: [String]]
    /// Whether containers and processes go on running when the cloud ends.
    package var keepsTasks: Bool
    /// Whether SIGTERM and SIGINT to this process end the cloud.
    package var endsOnSignals: Bool

    package init(
        directory: String, account: Account = Account(), port: Int = 0, imageMappings: [ImageMapping] = [],
        containerEngine: ContainerEngine = .automatic, clockRate: Double = 1, builtInImages: [String: [String]] = [:],
        keepsTasks: Bool = false, endsOnSignals: Bool = true
    ) {
        self.directory = directory
        self.account = account
        self.port = port
        self.imageMappings = imageMappings
        self.containerEngine = containerEngine
        self.clockRate = clockRate
        self.builtInImages = builtInImages
        self.keepsTasks = keepsTasks
        self.endsOnSignals = endsOnSignals
    }
}
