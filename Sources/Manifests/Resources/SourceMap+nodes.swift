import AttributeTree
import Diagnostics
import ResourceModel
import YAML

extension SourceMap {
    /// Finds places by walking from the node of `spec`, when one is asked for: most never are.
    ///
    /// - Parameter attributes: what was read from the node; keys of lists are looked up there, where variables have
    ///   been replaced.
    init(resource: SourceRange, spec: YAMLNode?, schema: ObjectSchema, attributes: AttributeValue) {
        self.init(resource: resource) { path in
            guard let spec else { return nil }
            var position = Position(node: spec, value: attributes, type: .object(schema), range: resource)
            for element in path.elements {
                guard let next = position.next(element) else { return nil }
                position = next
            }
            return position.range
        }
    }
}

/// A node on the way to the one that is looked for, with what it was read as.
private struct Position {
    var node: YAMLNode
    var value: AttributeValue
    var type: ValueType
    /// Of a collection on lines of its own, its key; else of the value.
    var range: SourceRange

    func next(_ element: AttributePath.Element) -> Position? {
        switch element {
        case .member(let name): member(name)
        case .index(let index): self.element(index)
        case .key(let key): index(of: key).flatMap(self.element)
        }
    }

    private func member(_ name: String) -> Position? {
        let memberType: ValueType? =
            switch type {
            case .object(let schema): schema[name]?.type
            case .map(let type): type
            case .string, .integer, .number, .boolean, .list, .reference: nil
            }
        guard let memberType, let pair = node.pairs.first(where: { $0.key.scalar == name }) else { return nil }
        return Position(
            node: pair.value, value: value[name] ?? .null, type: memberType,
            range: pair.value.style == .block ? pair.key.range : pair.value.range)
    }

    private func element(_ index: Int) -> Position? {
        guard case .list(let rule) = type else { return nil }
        let nodes = node.elements
        guard nodes.indices.contains(index) else { return nil }
        return Position(
            node: nodes[index], value: value[index] ?? .null, type: rule.element, range: nodes[index].range)
    }

    private func index(of key: String) -> Int? {
        guard case .list(let rule) = type else { return nil }
        return value.listValue?.firstIndex { element in
            guard case .keyed(let field) = rule.comparison else { return element == .string(key) }
            guard let found = element[field] else { return false }
            return (found.stringValue ?? found.jsonText()) == key
        }
    }
}
