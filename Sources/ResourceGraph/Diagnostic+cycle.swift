import AttributeTree
package import Diagnostics
package import ResourceModel

extension Diagnostic {
    /// One dependency on a cycle, and the manifest it is written in.
    package struct CycleEdge: Sendable {
        package var from: ResourceAddress
        package var to: ResourceAddress
        package var reason: ResourceGraph.Reason
        package var source: SourceMap?

        package init(
            from: ResourceAddress, to: ResourceAddress, reason: ResourceGraph.Reason, source: SourceMap?
        ) {
            self.from = from
            self.to = to
            self.reason = reason
            self.source = source
        }

        fileprivate var range: SourceRange? {
            switch reason {
            case .reference(let paths): source?.range(of: paths.first ?? .root)
            case .hidden: source?.resource
            }
        }

        fileprivate var sentence: String {
            switch reason {
            case .reference(let paths): "\(from) refers to \(to) in \(paths[0])"
            case .hidden(let why): "\(from) comes after \(to): \(why)"
            }
        }
    }

    /// Resources that depend on each other, from the first by address back to it.
    package static func dependencyCycle(_ edges: [CycleEdge]) -> Diagnostic {
        guard let first = edges.first, edges.count > 1 else {
            let edge = edges.first
            return Diagnostic(
                .error, "\(edge.map(\.from.description) ?? "a resource") refers to itself", at: edge?.range,
                help: ["refer to another resource, or remove the field"])
        }
        let path = (edges.map(\.from.description) + [first.from.description]).joined(separator: " → ")
        return Diagnostic(
            .error, "these resources depend on each other, so none of them can be first: \(path)", at: first.range,
            related: edges.dropFirst().map { Related($0.sentence, at: $0.range) },
            help: ["remove one of these references"])
    }
}
