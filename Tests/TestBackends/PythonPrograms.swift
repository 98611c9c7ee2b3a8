package import Foundation
import TestSupport
package import Testing

/// The Python programs that `make test` installs.
package enum PythonPrograms {
    /// `RECONCILE_TEST_VENV`, by default `.build/venv`; `nil` where nothing is installed there.
    package static let directory: URL? = {
        let named = ProcessInfo.processInfo.environment["RECONCILE_TEST_VENV"]
        let directory =
            named.map { URL(fileURLWithPath: $0) } ?? TestData.projectDirectory.appending(path: ".build/venv")
        let python = directory.appending(path: "bin/python")
        return FileManager.default.isExecutableFile(atPath: python.path) ? directory : nil
    }()

    /// A trait of tests that use them.
    package static func areInstalled(_ sourceLocation: SourceLocation = #_sourceLocation) -> ConditionTrait {
        .enabled(
            if: directory != nil, "the test backends are not installed: run `make test`", sourceLocation: sourceLocation
        )
    }

    static func program(_ name: String) throws -> URL {
        try #require(directory).appending(path: "bin/\(name)")
    }

    /// What a web server answers at an HTTPS URL, whatever certificate it shows; empty where there is no answer.
    package static func fetchUnverified(_ url: String) async throws -> String {
        let script = """
            import ssl, sys, urllib.request
            print(urllib.request.urlopen(sys.argv[1], context=ssl._create_unverified_context()).read().decode())
            """
        return try await Program(try program("python"), ["-c", script, url]).run().output
    }
}
