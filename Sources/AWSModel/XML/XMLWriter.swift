import AttributeTree

/// Writes XML as the services do: elements and text, one namespace on the outermost element.
package struct XMLWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func element(_ name: String, namespace: String? = nil, _ content: (inout XMLWriter) -> Void) {
        let attribute = namespace.map { " xmlns=\"\($0)\"" } ?? ""
        bytes += "<\(name)\(attribute)>".utf8
        content(&self)
        bytes += "</\(name)>".utf8
    }

    package mutating func element(_ name: String, text: String) {
        element(name) { XMLText.escape(text, into: &$0.bytes) }
    }

    package mutating func text(_ text: String) { XMLText.escape(text, into: &bytes) }

    /// The content of an element: the reverse of ``XMLBody``.
    ///
    /// - Parameter value: One that a ``ShapeChecker`` found to fit.
    mutating func content(_ value: AttributeValue, as shape: Shape) {
        switch shape.kind {
        case .structure(let structure):
            for member in structure.members {
                guard let value = value[member.name], !value.isNull else { continue }
                self.member(value, of: member)
            }
        case .list(let list):
            for item in value.listValue ?? [] { element(list.itemName) { $0.content(item, as: list.element) } }
        case .map(let map): entries(value, map, named: "entry")
        case .string, .integer, .long, .float, .double, .boolean, .timestamp, .blob, .document:
            XMLText.escape(ScalarText.text(of: value, as: shape), into: &bytes)
        }
    }

    private mutating func member(_ value: AttributeValue, of member: Member) {
        switch member.shape.kind {
        case .list(let list) where member.isFlattened:
            for item in value.listValue ?? [] { element(member.xmlName) { $0.content(item, as: list.element) } }
        case .map(let map) where member.isFlattened: entries(value, map, named: member.xmlName)
        default: element(member.xmlName) { $0.content(value, as: member.shape) }
        }
    }

    private mutating func entries(_ value: AttributeValue, _ map: Shape.Map, named name: String) {
        for (key, value) in (value.mapValue ?? [:]).inByteOrder() {
            element(name) { writer in
                writer.element(map.keyName, text: key)
                writer.element(map.valueName) { $0.content(value, as: map.value) }
            }
        }
    }
}
