/// The labels by which an engine's containers are found again.
enum EngineLabels {
    static let owner = "reconcile.local.owner"
    static let task = "reconcile.local.task"
    static let container = "reconcile.local.container"
    /// `true` on the container whose network the others of its task share.
    static let ownsNetwork = "reconcile.local.owns-network"
}

extension EngineContainer {
    /// - Parameter network: the id of the container whose network it shares; `nil` for one of its own.
    init(_ container: ContainerSpecification, owner: String, task: String, network: String?) {
        image = container.image
        command = container.command
        entryPoint = container.entryPoint
        environment = container.environment.map { "\($0)=\($1)" }.sorted()
        workingDirectory = container.workingDirectory
        user = container.user
        labels = [
            EngineLabels.owner: owner, EngineLabels.task: task, EngineLabels.container: container.name,
            EngineLabels.ownsNetwork: network == nil ? "true" : "false",
        ]
        host = Host(
            memory: container.memoryLimit.map { $0 << 20 }, networkMode: network.map { "container:\($0)" },
            isReadOnly: container.isReadOnly, hasInit: container.hasInit,
            logging: Logging(type: "json-file", options: ["max-size": "10m"]))
    }
}
