import Foundation
import TestBackends
import TestSupport
import Testing

extension EndToEndTests {
    /// `docs/causes.md` has a heading for each cause, and at its end a table of those that no scene shows.
    @Suite struct CauseCoverageTests {
        static let scenes =
            StartingSceneTests.starting + StartingSceneTests.running + StartingSceneTests.contained
            + StartingSceneTests.pulled(from: ImageRegistry(port: 1)) + TargetSceneTests.targets
            + DeployingSceneTests.ways + DeployingSceneTests.deployments + RefusedSceneTests.refused
            + [RefusedSceneTests.untold] + TruthTableTests.table

        @Test("Every cause has a scene, or a reason why it has none, and not both")
        func coverage() throws {
            let file = TestData.projectDirectory.appending(path: "docs/causes.md")
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let all = Set(lines.filter { $0.hasPrefix("### ") }.flatMap(Self.codes))
            let unplayed = Set(lines.filter { $0.hasPrefix("| `") }.flatMap(Self.codes))
            let played = Set(Self.scenes.compactMap(\.cause))
            #expect(!all.isEmpty && !unplayed.isEmpty)
            #expect(played.subtracting(all) == [], "not on the page")
            #expect(unplayed.subtracting(all) == [], "not on the page")
            #expect(all.subtracting(played).subtracting(unplayed) == [], "neither a scene nor a reason")
            #expect(played.intersection(unplayed) == [], "a reason, and a scene")
        }

        /// Words in backquotes.
        private static func codes(in line: Substring) -> [String] {
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        }
    }
}
