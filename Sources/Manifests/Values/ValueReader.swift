import AttributeTree
import Diagnostics
import ResourceModel
import YAML

/// Reads nodes as the values that a schema asks for.
///
/// One reader reads a whole set of manifests, a resource at a time: each begins with ``begin(_:schema:)``. A
/// value that is wrong is `nil`, after a diagnostic; reading goes on beside it.
struct ValueReader {
    var variables: VariableScope
    /// A project is read before any variable has a value.
    var allowsVariables = true
    var known = KnownResources()
    var diagnostics: [Diagnostic] = []

    /// The resource that values are read for, or the part of a manifest; for messages.
    private(set) var subject = Slot(.words(""))
    /// The schema of that resource.
    private(set) var schema: KindSchema?
    /// Where references were found since ``begin(_:schema:)``.
    var references: [Reference] = []
    var path: [AttributePath.Element] = []
    var patterns = PatternCache()

    init(variables: VariableScope) {
        self.variables = variables
    }

    mutating func begin(_ subject: Slot, schema: KindSchema? = nil) {
        self.subject = subject
        self.schema = schema
        references = []
        path = []
    }

    mutating func read(_ node: YAMLNode, as type: ValueType, _ slot: Slot) -> AttributeValue? {
        if node.kind == .scalar {
            guard !node.isRefused else { return nil }
            guard let scalar = scalar(node) else { return nil }
            guard scalar.value != .null else {
                diagnostics.append(
                    .noValue(slot, mayContinue: node.isEmpty && type.isCollection, at: slot.range(of: node)))
                return nil
            }
            return read(scalar, as: type, slot)
        }
        switch type {
        case .object(let schema) where node.kind == .mapping:
            return read(
                node.pairs, as: schema, slot, site: slot.site ?? node, isIncomplete: node.isRefused)
        case .map(let type) where node.kind == .mapping: return read(node, asMapOf: type, slot)
        case .list(let rule) where node.kind == .sequence: return read(node, as: rule, slot)
        default:
            if !node.isRefused { diagnostics.append(.collectionMismatch(slot, expected: type, node)) }
            return nil
        }
    }

    private mutating func read(_ scalar: Scalar, as type: ValueType, _ slot: Slot) -> AttributeValue? {
        switch type {
        case .string(let rule): return string(scalar, rule, slot)
        case .integer(let range): return integer(scalar, range, slot)
        case .number(let range): return number(scalar, range, slot)
        case .boolean: return boolean(scalar, slot)
        case .reference(let rule): return reference(scalar, rule, slot)
        case .list(let rule):
            if let word = lookup(scalar, rule) { return word }
            diagnostics.append(.listExpected(slot, element: rule.element, scalar: scalar))
            return nil
        case .map, .object:
            diagnostics.append(.mapExpected(slot, type, scalar))
            return nil
        }
    }
}

extension ValueType {
    fileprivate var isCollection: Bool {
        switch self {
        case .list, .map, .object: true
        case .string, .integer, .number, .boolean, .reference: false
        }
    }
}
