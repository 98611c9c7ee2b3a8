import FoundationEssentials

/// How to reach a local cloud that runs: what its file `cloud.json` says while it does.
package struct CloudConnection: Sendable, Hashable, Codable {
    /// `http://127.0.0.1:4599`
    package var endpoint: String
    /// The process that runs it.
    package var pid: Int
    package var region: String
    package var accountID: String
    /// The keys of the account's root user.
    package var accessKeyID: String
    package var secretAccessKey: String
    /// What `Authorization: Bearer` takes under `/_local/`.
    package var token: String
    /// How far listeners' ports below 1024 are shifted: 0 or 8000.
    package var portShift: Int

    package init(
        endpoint: String, pid: Int, region: String, accountID: String, accessKeyID: String, secretAccessKey: String,
        token: String, portShift: Int
    ) {
        self.endpoint = endpoint
        self.pid = pid
        self.region = region
        self.accountID = accountID
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.token = token
        self.portShift = portShift
    }

    /// What the paths of the control endpoint begin with.
    package static let controlPrefix = "/_local/"

    package static let fileName = "cloud.json"

    /// What the file in that directory says; `nil` where there is none. The process may have ended without removing it.
    package static func read(from directory: String) throws -> CloudConnection? {
        guard let content = FileManager.default.contents(atPath: "\(directory)/\(fileName)") else { return nil }
        return try JSONDecoder().decode(Self.self, from: content)
    }

    /// Writes the file, which only this user may read.
    func write(to directory: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try FileAccess.replaceFile(at: "\(directory)/\(Self.fileName)", with: Array(try encoder.encode(self)))
    }

    static func remove(from directory: String) {
        FileAccess.remove("\(directory)/\(fileName)")
    }
}
