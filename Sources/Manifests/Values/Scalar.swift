import Diagnostics
import YAML

/// A scalar whose variables have been replaced.
struct Scalar {
    var node: YAMLNode
    var text: String
    var value: YAMLScalarValue
    /// Its text is not, or not only, what is written in the manifest.
    var hasVariables = false

    var range: SourceRange { node.range }

    /// What a message calls it.
    var typeName: String {
        switch value {
        case .null: "nothing"
        case .bool: "a boolean"
        case .int: "a whole number"
        case .float(let number): number.isFinite ? "a decimal number" : "infinity or NaN"
        case .string: "a string"
        }
    }

    /// Written with quotes or as a block, and so a string whatever it looks like.
    var isQuoted: Bool { node.style != .plain && !hasVariables }
}

extension ValueReader {
    /// The scalar with its variables replaced; `nil`, after a diagnostic, when one of them has no value.
    ///
    /// A scalar that is a variable and nothing else means what its text would mean where it stands, in quotes too: in
    /// brackets a variable cannot be written without them. Every other text with variables is a string.
    mutating func scalar(_ node: YAMLNode) -> Scalar? {
        guard let text = node.scalar, let template = Template(text) else {
            return Scalar(node: node, text: node.scalar ?? "", value: node.value ?? .null)
        }
        guard let expanded = expand(template, of: node) else { return nil }
        var value = YAMLScalarValue.string(expanded)
        if template.soleVariable != nil {
            let plain = YAMLScalarValue(plain: expanded)
            if plain != .null { value = plain }
        }
        return Scalar(node: node, text: expanded, value: value, hasVariables: true)
    }

    private mutating func expand(_ template: Template, of node: YAMLNode) -> String? {
        var text: String? = ""
        for segment in template.segments {
            switch segment {
            case .text(let part): text?.append(part)
            case .malformed(let content, let stretch):
                diagnostics.append(
                    .malformedVariable(content, at: range(of: stretch, in: node), defined: variables.defined))
                text = nil
            case .variable(let variable):
                if let value = value(of: variable, in: node) { text?.append(value) } else { text = nil }
            }
        }
        return text
    }

    private mutating func value(of variable: Template.Variable, in node: YAMLNode) -> String? {
        let range = range(of: variable.stretch, in: node)
        guard allowsVariables else {
            diagnostics.append(.variableInProject(at: range))
            return nil
        }
        switch variables.use(variable.name) {
        case .known(let value): return value
        case .unknown: return nil
        case .undefined:
            diagnostics.append(.undefinedVariable(variable.name, at: range, defined: variables.defined))
            return nil
        }
    }

    /// The place of a part of a scalar's text, or of all of it when the text is not written as it reads.
    private func range(of stretch: Template.Stretch, in node: YAMLNode) -> SourceRange {
        var range = node.range
        let quotes = node.style == .plain ? 0 : 1
        guard node.anchoredRange == nil, node.scalar?.unicodeScalars.count == range.length - 2 * quotes else {
            return range
        }
        range.start.column += quotes + stretch.offset
        range.length = stretch.length
        return range
    }
}
