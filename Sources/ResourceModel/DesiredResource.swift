package import AttributeTree
package import Diagnostics

/// A resource as the manifests want it: valid against its schema, variables replaced, implied values written in.
package struct DesiredResource: Sendable {
    package var address: ResourceAddress
    /// `spec`, in the words of the manifest: a reference is still the name, literal or word that was written.
    package var attributes: AttributeValue
    /// The name in the cloud: the kind's name field, or else `metadata.name`.
    package var cloudName: String
    package var metadata: ResourceMetadata
    package var references: [Reference]
    package var source: SourceMap

    package init(
        address: ResourceAddress, attributes: AttributeValue, cloudName: String,
        metadata: ResourceMetadata = ResourceMetadata(), references: [Reference] = [], source: SourceMap = .none
    ) {
        self.address = address
        self.attributes = attributes
        self.cloudName = cloudName
        self.metadata = metadata
        self.references = references
        self.source = source
    }
}

/// What `metadata` says beside the name.
package struct ResourceMetadata: Sendable, Hashable {
    /// Deleting or replacing this resource is refused.
    package var protect: Bool

    package init(protect: Bool = false) {
        self.protect = protect
    }
}

/// A field that refers to something, and what it refers to.
package struct Reference: Sendable, Hashable {
    package enum Target: Sendable, Hashable {
        case managed(ResourceAddress)
        /// An ARN, an id or a plain name of something that is not managed here.
        case literal(String)
        case lookup(Lookup)
    }

    /// With list positions as ``AttributePath/Element/index(_:)``.
    package var path: AttributePath
    package var target: Target

    package init(path: AttributePath, target: Target) {
        self.path = path
        self.target = target
    }

    package var address: ResourceAddress? {
        if case .managed(let address) = target { address } else { nil }
    }
}

/// Finds the place of a value of a resource in the text it was written in.
package struct SourceMap: Sendable {
    /// Of the whole resource: its `metadata.name`.
    package var resource: SourceRange?
    private let find: @Sendable (AttributePath) -> SourceRange?

    package static let none = SourceMap(resource: nil) { _ in nil }

    package init(resource: SourceRange?, find: @escaping @Sendable (AttributePath) -> SourceRange?) {
        self.resource = resource
        self.find = find
    }

    /// The place of the value at a path of `spec` or of the nearest value around it that was written; for the root, and
    /// when nothing on the path was written, the resource's own.
    package func range(of path: AttributePath) -> SourceRange? {
        var path = path
        while !path.isRoot {
            if let range = find(path) { return range }
            path = path.parent
        }
        return resource
    }
}
