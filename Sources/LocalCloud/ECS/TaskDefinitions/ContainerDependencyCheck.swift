import AttributeTree

/// What AWS refuses of the order in which containers start.
struct ContainerDependencyCheck: Sendable {
    private let containers: [String: AttributeValue]

    init(_ containers: [AttributeValue]) {
        self.containers = Dictionary(containers.map { ($0["name"]?.stringValue ?? "", $0) }) { first, _ in first }
    }

    func run() throws(CloudFault) {
        for name in containers.keys.sorted() {
            for dependency in dependencies(of: name) { try check(dependency, of: name) }
        }
        var done: Set<String> = []
        for name in containers.keys.sorted() { try checkCycles(from: name, path: [], done: &done) }
    }

    private func dependencies(of name: String) -> [AttributeValue] { containers[name]?["dependsOn"]?.listValue ?? [] }

    private func check(_ dependency: AttributeValue, of name: String) throws(CloudFault) {
        let other = dependency["containerName"]?.stringValue ?? ""
        guard let container = containers[other] else {
            throw .client("The container '\(name)' depends on the container '\(other)', which does not exist.")
        }
        switch dependency["condition"]?.stringValue {
        case "HEALTHY" where container["healthCheck"] == nil:
            throw .client(
                "The container '\(name)' depends on the container '\(other)' with the condition HEALTHY, but it has no "
                    + "health check configured.")
        case "SUCCESS" where container["essential"] == true, "COMPLETE" where container["essential"] == true:
            throw .client(
                "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container")
        default: break
        }
    }

    private func checkCycles(from name: String, path: [String], done: inout Set<String>) throws(CloudFault) {
        if path.contains(name) { throw .client("Container dependencies should not have a cycle") }
        guard !done.contains(name) else { return }
        for dependency in dependencies(of: name) {
            try checkCycles(from: dependency["containerName"]?.stringValue ?? "", path: path + [name], done: &done)
        }
        done.insert(name)
    }
}
