/// A resource of a generated configuration.
struct GeneratedResource {
    struct ID: Hashable {
        var kind: String
        var name: String
    }

    var id: ID
    var spec: SourceValue

    init(_ id: ID, _ spec: SourceValue) {
        self.id = id
        self.spec = spec
    }
}

extension GeneratedResource {
    /// As many resources as asked for: applications of six, and clusters for the rest.
    static func resources(count: Int) -> [GeneratedResource] {
        let applications = max(0, count - 1) / Application.size
        return resources(applications: applications, clusters: count - applications * Application.size)
    }

    /// - Precondition: there is a cluster.
    static func resources(applications: Int, clusters: Int) -> [GeneratedResource] {
        let names = (0..<clusters).map { ID(kind: "Cluster", name: "cluster-\($0)") }
        let made = names.map { GeneratedResource($0, ["capacityProviders": ["FARGATE", "FARGATE_SPOT"]]) }
        return made + (0..<applications).flatMap { Application(number: $0, cluster: names[$0 % clusters]).resources }
    }
}
