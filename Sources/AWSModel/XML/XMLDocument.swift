/// An XML document as a flat arena: one array of elements that refer to stretches of the text.
///
/// Only what services write is kept: elements, by local name, and their text. Attributes, namespaces, comments and
/// processing instructions are passed over; a document type declaration is refused.
package struct XMLDocument: Sendable {
    struct Node: Sendable {
        /// The local name.
        var name: Range<Int>
        /// From the end of the start tag to the beginning of the end tag.
        var content: Range<Int>
        /// Whether the content is text as it stands: without references, CDATA sections, comments or elements.
        var isPlain = true
        /// Whether its end was read, as that of every element of a document without a mistake.
        var isComplete = false
        var firstChild: Int?
        var nextSibling: Int?
    }

    let bytes: [UInt8]
    let nodes: [Node]

    package init(_ bytes: [UInt8]) throws(XMLSyntaxError) {
        let (nodes, error) = Self.parse(bytes)
        if let error { throw error }
        self.bytes = bytes
        self.nodes = nodes
    }

    /// What can be read of a text that may have been cut off: its elements up to the first mistake.
    init?(readablePartOf bytes: [UInt8]) {
        let (nodes, _) = Self.parse(bytes)
        guard !nodes.isEmpty else { return nil }
        self.bytes = bytes
        self.nodes = nodes
    }

    private static func parse(_ bytes: [UInt8]) -> ([Node], XMLSyntaxError?) {
        bytes.withUnsafeBufferPointer { buffer in
            var parser = XMLParser(buffer)
            do throws(XMLSyntaxError) {
                try parser.parse()
                return (parser.nodes, nil)
            } catch {
                return (parser.nodes, error)
            }
        }
    }

    package var root: XMLElement { XMLElement(document: self, index: 0) }
}

/// One element of a document.
package struct XMLElement: Sendable {
    private let document: XMLDocument
    private let index: Int

    init(document: XMLDocument, index: Int) {
        self.document = document
        self.index = index
    }

    private var node: XMLDocument.Node { document.nodes[index] }

    /// Without the prefix of its namespace.
    package var name: String { String(decoding: document.bytes[node.name], as: UTF8.self) }

    func isNamed(_ name: String) -> Bool {
        name.utf8.count == node.name.count && name.utf8.elementsEqual(document.bytes[node.name])
    }

    package var children: Children { Children(document: document, position: node.firstChild) }

    package struct Children: Sequence, IteratorProtocol, Sendable {
        fileprivate let document: XMLDocument
        fileprivate var position: Int?

        package mutating func next() -> XMLElement? {
            guard let index = position else { return nil }
            position = document.nodes[index].nextSibling
            return XMLElement(document: document, index: index)
        }
    }

    var isComplete: Bool { node.isComplete }

    package func child(_ name: String) -> XMLElement? {
        children.first { $0.isNamed(name) }
    }

    /// The text in it, references replaced, without the text of its children.
    package var text: String {
        let content = document.bytes[node.content]
        if node.isPlain { return String(decoding: content, as: UTF8.self) }
        return XMLText.decode(content)
    }

    /// The text without white space at either end.
    package var trimmedText: String {
        let text = text
        guard let first = text.firstIndex(where: { !$0.isWhitespace }) else { return "" }
        let last = text.lastIndex { !$0.isWhitespace } ?? first
        return String(text[first...last])
    }
}

/// Why bytes are not an XML document, and where.
package struct XMLSyntaxError: Error, Sendable, Hashable {
    package var message: String
    /// The position of the byte that is at fault, from zero.
    package var offset: Int

    package init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

extension XMLSyntaxError: CustomStringConvertible {
    package var description: String { "\(message) at byte \(offset)" }
}
