import AttributeTree
import Diagnostics
import ResourceModel

/// Refuses tags that a manifest cannot have: AWS's own, and those that say whose a resource is.
let reservedTags: @Sendable (DesiredResource, DesiredSet) -> [Diagnostic] = { resource, _ in
    (resource.attributes["tags"]?.mapValue ?? [:]).keys.sorted().compactMap { key in
        let place = resource.place(AttributePath([.member("tags"), .member(key)]))
        if key.hasPrefix("aws:") {
            return .reservedTag(key, why: "AWS keeps tags that begin with \"aws:\" for itself", at: place)
        }
        if key.hasPrefix("reconcile:") {
            return .reservedTag(key, why: "tags that begin with \"reconcile:\" say whose a resource is", at: place)
        }
        return nil
    }
}

extension Diagnostic {
    static func reservedTag(_ key: String, why: String, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "a manifest cannot have the tag \"\(key)\": \(why)", at: range, help: ["give it another name"])
    }
}
