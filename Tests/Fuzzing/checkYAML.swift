import Diagnostics
import YAML

/// Smaller than those of the program, so that an input of a few hundred bytes reaches them.
private let limits: YAMLLimits = {
    var limits = YAMLLimits()
    limits.depth = 20
    limits.expandedNodes = 1000
    limits.expansion = 10
    limits.diagnostics = 50
    return limits
}()

func checkYAML(_ input: [UInt8]) throws(BrokenProperty) {
    let source = SourceText(file: "input.yaml", bytes: input)
    let reader = YAMLReader(limits: limits)
    let file = reader.read(source)
    try checkDiagnostics(file.diagnostics, of: source)
    try require(
        file.isComplete || file.diagnostics.hasErrors, "it is said why a file could not be read to its end")
    try require(file.diagnostics.count <= limits.diagnostics, "no more is said than the limit allows")
    for document in file.documents { try checkNode(document.root, in: source, depth: 0) }

    let (events, problems) = reader.events(of: source)
    try checkDiagnostics(problems, of: source)
    if file.isComplete {
        try require(problems.isEmpty, "what was read to its end has no syntax error: \(problems)")
        let documents = events.count {
            if case .documentStart = $0 { true } else { false }
        }
        try require(documents == file.documents.count, "all \(documents) documents are there")
    }
}

/// - Parameter depth: of what holds the node, aliases followed.
private func checkNode(_ node: YAMLNode, in source: SourceText, depth: Int) throws(BrokenProperty) {
    try require(depth <= limits.depth, "nothing lies deeper than \(limits.depth)")
    try checkPlace(node.range, in: source)
    if let anchored = node.anchoredRange { try checkPlace(anchored, in: source) }
    switch node.kind {
    case .scalar:
        try require(node.scalar != nil, "a scalar has a text")
        try require(node.value != nil || node.tag != .none, "a scalar without a tag has a value")
    case .sequence:
        for element in node.elements { try checkNode(element, in: source, depth: depth + 1) }
    case .mapping:
        for pair in node.pairs {
            try checkNode(pair.key, in: source, depth: depth + 1)
            try checkNode(pair.value, in: source, depth: depth + 1)
            if let name = pair.key.scalar { try require(node[name] != nil, "\"\(name)\" is found by its name") }
        }
    }
}
