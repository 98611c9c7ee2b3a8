import AttributeTree
import ResourceModel

/// The languages a graph can be drawn from.
extension ResourceGraph {
    /// For Graphviz: an arrow from each resource to what it depends on; dashed where no field of a manifest says so.
    package func dot() -> String {
        var lines = ["digraph resources {", "  rankdir = LR;", "  node [shape = box];"]
        lines += order.map { "  \(quoted($0.description));" }
        for (from, dependency) in edges {
            let style = dependency.reason.isHidden ? "style = dashed, " : ""
            lines.append(
                "  \(quoted(from.description)) -> \(quoted(dependency.address.description))"
                    + " [\(style)label = \(quoted(dependency.reason.label))];")
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    /// For Mermaid, as in Markdown on most git hosts: as ``dot()``.
    package func mermaid() -> String {
        let names = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, "r\($0)") })
        var lines = ["graph LR"]
        lines += order.map { "  \(names[$0] ?? "")[\(mermaidQuoted($0.description))]" }
        for (from, dependency) in edges {
            let arrow = dependency.reason.isHidden ? "-.->" : "-->"
            lines.append(
                "  \(names[from] ?? "") \(arrow)|\(mermaidQuoted(dependency.reason.label))| "
                    + (names[dependency.address] ?? ""))
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private var edges: [(from: ResourceAddress, to: Dependency)] {
        order.flatMap { address in dependencies(of: address).map { (address, $0) } }
    }
}

extension ResourceGraph.Reason {
    package var isHidden: Bool {
        switch self {
        case .reference: false
        case .hidden: true
        }
    }

    /// The fields that refer, each once and without list positions; or the kind's sentence.
    fileprivate var label: String {
        switch self {
        case .reference(let paths):
            Set(paths.map { $0.fieldNames.joined(separator: ".") }).sorted().joined(separator: ", ")
        case .hidden(let why): why
        }
    }
}

private func quoted(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
}

private func mermaidQuoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "#quot;") + "\""
}
