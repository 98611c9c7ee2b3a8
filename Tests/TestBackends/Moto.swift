import Foundation
package import Testing

/// moto: an AWS API whose ECS services never progress, and which checks more of what it is sent than ministack.
package struct Moto: Sendable {
    package var access: AWSAccess
    package var aws: AWSCLI { AWSCLI(access) }

    package static func isInstalled(_ sourceLocation: SourceLocation = #_sourceLocation) -> ConditionTrait {
        PythonPrograms.areInstalled(sourceLocation)
    }

    /// Starts an empty one, and ends it after `body`.
    package static func run<Result: Sendable>(_ body: (Moto) async throws -> Result) async throws -> Result {
        let port = try FreePort.find()
        // It keeps what it records in a file, and would make that where the tests are run.
        return try await withTemporaryDirectory { directory in
            try await BackgroundServer.run(
                [PythonPrograms.program("moto_server").path, "-H", "127.0.0.1", "-p", "\(port)"],
                environment: ["MOTO_RECORDER_FILEPATH": directory.appending(path: "recording").path],
                isReady: { (try? await LoopbackRequest(port: port, path: "/moto-api/").send().status) == 200 }
            ) {
                try await body(Moto(access: AWSAccess(port: port, accessKeyID: "test", secretAccessKey: "test")))
            }
        }
    }
}
