import Foundation
import ReconcileCLI
import TestSupport
import Testing

@Suite("docs/manifests.md", .tags(.medium))
struct ManifestReferenceTests {
    @Test func `says what the schemas say`() throws {
        let written = try String(
            contentsOf: TestData.projectDirectory.appending(path: "docs/manifests.md"), encoding: .utf8)
        #expect(written == ManifestReference.markdown, "write it anew with: make reference")
    }
}
