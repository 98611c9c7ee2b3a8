import AttributeTree
import Diagnostics
import ResourceModel

extension DesiredResource {
    /// The managed resource that the field at a path refers to.
    func reference(at path: AttributePath) -> ResourceAddress? {
        references.first { $0.path == path }?.address
    }

    /// The elements of a list of `spec`, each with its path.
    func elements(_ name: String) -> [(path: AttributePath, value: AttributeValue)] {
        (attributes[name]?.listValue ?? []).enumerated().map {
            (AttributePath([.member(name), .index($0.offset)]), $0.element)
        }
    }

    func place(_ path: AttributePath) -> SourceRange? { source.range(of: path) }

    /// `service "web"`, for messages.
    var words: String {
        let kind =
            switch address.kind {
            case .taskDefinition: "task definition"
            case .loadBalancer: "load balancer"
            case .targetGroup: "target group"
            default: address.kind.rawValue.lowercased()
            }
        return "\(kind) \"\(address.name)\""
    }
}
