package import Foundation
package import Testing

/// Test data that others wrote and that is not part of this project.
///
/// It is looked for in the directory named by `RECONCILE_TEST_DATA`, by default `../shared/data` beside the project.
/// A suite that reads it carries ``isPresent`` as a trait, and so is skipped with a message where it is absent.
package enum TestData {
    /// `nil` where there is no such directory.
    package static let directory: URL? = {
        let named = ProcessInfo.processInfo.environment["RECONCILE_TEST_DATA"].map { URL(fileURLWithPath: $0) }
        let directory = named ?? projectDirectory.appending(path: "../shared/data").standardizedFileURL
        return FileManager.default.fileExists(atPath: directory.path) ? directory : nil
    }()

    /// The directory of `Package.swift`.
    package static let projectDirectory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    package static func isPresent(_ sourceLocation: SourceLocation = #_sourceLocation) -> ConditionTrait {
        .enabled(
            if: directory != nil, "RECONCILE_TEST_DATA does not name the directory of the test data",
            sourceLocation: sourceLocation)
    }

    /// The content of a file of the test data; fails the test where it is missing.
    package static func load(_ path: String) throws -> Data {
        try Data(contentsOf: #require(directory).appending(path: path))
    }

    /// Prints how many cases passed, which is part of the outcome of such a suite.
    package static func report(_ name: String, passed: Int, of total: Int) {
        print("\(name): \(passed) of \(total) cases passed")
    }
}
