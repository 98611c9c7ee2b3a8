import AttributeTree
import FoundationEssentials

/// The Terraform of this machine, kept from the network and from its user's settings.
struct Terraform {
    let version: String
    private let path: String
    private let settings: URL

    /// `nil` where there is none.
    init?(searchPath: String, directory: URL) {
        let candidates = searchPath.split(separator: ":").map { "\($0)/terraform" }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else { return nil }
        self.path = path
        settings = directory.appending(path: "terraform.rc")
        guard (try? directory.write("", to: "terraform.rc")) != nil else { return nil }
        let program = MeasuredProgram(
            path: path, arguments: ["version", "-json"], environment: Self.environment(settings))
        guard let output = try? program.run().output, let json = try? AttributeValue(json: Array(output.utf8)),
            let version = json["terraform_version"]?.stringValue
        else { return nil }
        self.version = version
    }

    func callAsFunction(_ arguments: String...) -> MeasuredProgram {
        MeasuredProgram(path: path, arguments: arguments, environment: Self.environment(settings))
    }

    private static func environment(_ settings: URL) -> [String: String] {
        ["CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": settings.path, "TF_IN_AUTOMATION": "1"]
    }
}
