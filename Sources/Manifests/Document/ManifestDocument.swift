import ResourceModel
import YAML

/// One document of a manifest: its envelope, with the content still unread.
struct ManifestDocument {
    /// `nil`, after a diagnostic, when the document does not say what it is.
    var kind: KindName?
    var metadata: YAMLNode?
    var spec: YAMLNode?
    /// What is marked when something is missing.
    var firstKey: YAMLNode
    var kindNode: YAMLNode?
    var metadataKey: YAMLNode?
    var specKey: YAMLNode?

    init(firstKey: YAMLNode) {
        self.firstKey = firstKey
    }
}
