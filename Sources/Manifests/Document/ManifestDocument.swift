import Diagnostics
import ResourceModel
import YAML

/// One document of a manifest: its envelope, with the content still unread.
struct ManifestDocument {
    static let apiVersion = "reconcile/v1"

    /// `nil`, after a diagnostic, when the document does not say what it is.
    var kind: KindName?
    var metadata: YAMLNode?
    var spec: YAMLNode?
    /// What is marked when something is missing: the first key, and the key of each member that was written.
    var range: SourceRange
    var kindRange: SourceRange?
    var metadataRange: SourceRange?
    var specRange: SourceRange?

    init(range: SourceRange) {
        self.range = range
    }
}
