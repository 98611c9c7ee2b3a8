/// Environment variables as a program was started with them.
package typealias EnvironmentVariables = [String: String]

/// Gives the bytes of a file, or `nil` where there is none.
package typealias FileReader = @Sendable (_ path: String) throws -> [UInt8]?

/// The two files that AWS's tools share, merged: what `credentials` says wins over what `config` says.
package struct SharedConfig: Sendable, Hashable {
    /// Where the files are.
    package struct Locations: Sendable, Hashable {
        /// `nil` when no home directory is known.
        package var config: String?
        package var credentials: String?

        package init(_ environment: EnvironmentVariables) {
            let home = environment.present("HOME")
            func location(_ variable: String, _ name: String) -> String? {
                guard let path = environment.present(variable) else { return home.map { "\($0)/.aws/\(name)" } }
                guard path.hasPrefix("~/"), let home else { return path }
                return home + path.dropFirst()
            }
            config = location("AWS_CONFIG_FILE", "config")
            credentials = location("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        }
    }

    package var locations: Locations
    package var profiles: [String: ProfileFile.Properties]
    package var ssoSessions: [String: ProfileFile.Properties]
    package var services: [String: ProfileFile.Properties]

    /// As if there were no files.
    package static let none = SharedConfig(
        config: ProfileFile(), credentials: ProfileFile(), locations: Locations([:]))

    package init(config: ProfileFile, credentials: ProfileFile, locations: Locations) {
        self.locations = locations
        profiles = config.profiles.merging(credentials.profiles) { $0.merging($1) { _, last in last } }
        ssoSessions = config.ssoSessions
        services = config.services
    }

    /// Reads both files; one that is not there is empty.
    package static func load(_ environment: EnvironmentVariables, read: FileReader) throws -> SharedConfig {
        let locations = Locations(environment)
        func file(_ path: String?, _ kind: ProfileFile.Kind) throws -> ProfileFile {
            guard let path, let bytes = try read(path) else { return ProfileFile() }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ProfileFileError(file: path, line: 1, problem: .notUTF8)
            }
            return try ProfileFile(text, kind: kind, file: path)
        }
        return SharedConfig(
            config: try file(locations.config, .config),
            credentials: try file(locations.credentials, .credentials), locations: locations)
    }
}

extension EnvironmentVariables {
    /// The value of a variable, where a blank one counts as not set.
    package func present(_ name: String) -> String? {
        guard let value = self[name]?.trimmed(), !value.isEmpty else { return nil }
        return value
    }
}
