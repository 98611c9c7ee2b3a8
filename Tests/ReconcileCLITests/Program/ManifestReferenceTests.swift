import AWSKinds
import Foundation
import Manifests
import ResourceModel
import TestSupport
import Testing

@Suite("docs/manifests.md", .tags(.medium))
struct ManifestReferenceTests {
    @Test func `says what the schemas say`() throws {
        let written = try String(
            contentsOf: TestData.projectDirectory.appending(path: "docs/manifests.md"), encoding: .utf8)
        let reference = SchemaReference([Project.schema] + AWSProvider.catalog.kinds.map(\.schema)).markdown
        #expect(written == reference, "write it anew with: make reference")
    }
}
