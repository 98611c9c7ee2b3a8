import AttributeTree
import Diagnostics
import ResourceModel

extension ECSTaskDefinition {
    /// What a container starts after, and where that is written.
    private typealias Dependency = (name: String, path: AttributePath)

    static func checkContainerCycle(_ definition: DesiredResource) -> [Diagnostic] {
        var dependencies: [String: [Dependency]] = [:]
        for (path, container) in definition.elements("containerDefinitions") {
            guard let name = container["name"]?.stringValue else { continue }
            dependencies[name] = (container["dependsOn"]?.listValue ?? []).enumerated().compactMap {
                index, dependency in
                let place = path.member("dependsOn").index(index).member("containerName")
                return dependency["containerName"]?.stringValue.map { ($0, place) }
            }
        }
        let names = definition.elements("containerDefinitions").compactMap { $0.value["name"]?.stringValue }
        for name in names {
            guard let cycle = cycle(through: name, dependencies) else { continue }
            return [
                .containerCycle(
                    cycle.map(\.container), in: definition, places: cycle.map { definition.place($0.path) })
            ]
        }
        return []
    }

    /// The containers from one back to it, each with the place that names the next; the first path that is found.
    private static func cycle(
        through start: String, _ dependencies: [String: [Dependency]]
    ) -> [(container: String, path: AttributePath)]? {
        var visited: Set<String> = []
        func path(from name: String) -> [(container: String, path: AttributePath)]? {
            for next in dependencies[name] ?? [] {
                if next.name == start { return [(name, next.path)] }
                guard visited.insert(next.name).inserted, let rest = path(from: next.name) else { continue }
                return [(name, next.path)] + rest
            }
            return nil
        }
        return path(from: start)
    }
}
