import FoundationEssentials

/// Writes what the other jobs work on.
enum GenerateJob {
    /// `manifests` and `terraform` in a directory, with as many resources.
    static func run(count: Int, directory: URL, terraformVersion: String) throws {
        let resources = GeneratedResource.resources(count: count)
        try ManifestWriter.write(resources, to: directory.appending(path: "manifests"))
        try TerraformWriter(resources).write(to: directory.appending(path: "terraform"), version: terraformVersion)
    }

    /// `manifests` in a directory, with applications on one cluster.
    static func run(applications: Int, directory: URL) throws {
        try ManifestWriter.write(
            GeneratedResource.resources(applications: applications, clusters: 1),
            to: directory.appending(path: "manifests"))
    }

    /// One file of many documents, of at least so many bytes.
    static func run(bytes: Int, file: String, directory: URL) throws {
        var text = ""
        var number = 0
        let cluster = GeneratedResource.ID(kind: "Cluster", name: "cluster")
        while text.utf8.count < bytes {
            for resource in Application(number: number, cluster: cluster).resources {
                text += "---\n" + ManifestWriter.manifest(of: resource)
            }
            number += 1
        }
        try directory.write(text, to: file)
    }
}
