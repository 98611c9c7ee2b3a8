/// Reads the elements of an XML document into an arena, in one pass and without recursion.
///
/// After a mistake the elements read so far can be walked; those still open end before it, and are marked.
struct XMLParser {
    private(set) var nodes: [XMLDocument.Node] = []
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// The end of what was read without a mistake.
    private var readable = 0
    /// The open elements, and the last child of each.
    private var open: [(node: Int, lastChild: Int?)] = []

    /// AWS's deepest answers have about twenty levels.
    private static let maximumDepth = 200

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func parse() throws(XMLSyntaxError) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw error("text that is not UTF-8", at: 0) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        do throws(XMLSyntaxError) {
            while position < bytes.count {
                try parseNext()
                readable = position
            }
            if let last = open.last { throw error("element \"\(name(of: last.node))\" without an end", at: position) }
            if nodes.isEmpty { throw error("no element", at: position) }
        } catch {
            for element in open { close(element.node, at: readable) }
            throw error
        }
    }

    private func error(_ message: String, at offset: Int) -> XMLSyntaxError {
        XMLSyntaxError(message, at: offset)
    }

    private func name(of node: Int) -> String {
        String(decoding: bytes[nodes[node].name], as: UTF8.self)
    }

    private func isAt(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
        return true
    }

    private mutating func parseNext() throws(XMLSyntaxError) {
        guard bytes[position] == UInt8(ascii: "<") else { return try parseText() }
        if isAt("</") {
            try parseEndTag()
        } else if isAt("<?") {
            try skip(through: "?>")
        } else if isAt("<!--") {
            try skip(through: "-->")
        } else if isAt("<![CDATA[") {
            if open.isEmpty { throw error("text outside the document's element", at: position) }
            try skip(through: "]]>")
        } else if isAt("<!") {
            throw error("a document type declaration", at: position)
        } else {
            try parseStartTag()
        }
    }

    /// Passes over something inside an element, whose text is then no longer plain.
    private mutating func skip(through end: StaticString) throws(XMLSyntaxError) {
        let start = position
        markNotPlain()
        while position < bytes.count, !isAt(end) { position += 1 }
        if position == bytes.count { throw error("markup without an end", at: start) }
        position += end.utf8CodeUnitCount
    }

    private mutating func markNotPlain() {
        if let element = open.last { nodes[element.node].isPlain = false }
    }

    private mutating func parseText() throws(XMLSyntaxError) {
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            if bytes[position] == UInt8(ascii: "&") { try parseReference() }
            if open.isEmpty, !isWhiteSpace(bytes[position]) {
                throw error("text outside the document's element", at: position)
            }
            position += 1
        }
    }

    /// Stops at the semicolon.
    private mutating func parseReference() throws(XMLSyntaxError) {
        let start = position
        markNotPlain()
        while position < bytes.count, bytes[position] != UInt8(ascii: ";"), position - start < 12 { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: ";"),
            XMLText.reference(bytes[(start + 1)..<position]) != nil
        else { throw error("unknown reference", at: start) }
    }

    private func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D
    }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, isWhiteSpace(bytes[position]) { position += 1 }
    }

    /// A name, and where its local part begins.
    private mutating func parseName() throws(XMLSyntaxError) -> (whole: Range<Int>, local: Range<Int>) {
        let start = position
        var localStart = position
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: ":"): localStart = position + 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                0x80...:
                break
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if position == start { throw error("a name is missing", at: start) }
            default:
                if position == localStart { throw error("a name is missing", at: start) }
                return (start..<position, localStart..<position)
            }
            position += 1
        }
        throw error("a tag without an end", at: start)
    }

    private mutating func parseStartTag() throws(XMLSyntaxError) {
        let start = position
        if open.isEmpty, !nodes.isEmpty { throw error("a second element after the document's", at: start) }
        if open.count == Self.maximumDepth { throw error("nested deeper than \(Self.maximumDepth) levels", at: start) }
        position += 1
        let name = try parseName().local
        try skipAttributes()
        let isClosed = position < bytes.count && bytes[position] == UInt8(ascii: "/")
        if isClosed { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else {
            throw error("a tag without an end", at: start)
        }
        position += 1
        addNode(named: name)
        if isClosed, let element = open.popLast() { nodes[element.node].isComplete = true }
    }

    private mutating func addNode(named name: Range<Int>) {
        nodes.append(XMLDocument.Node(name: name, content: position..<position))
        let index = nodes.count - 1
        if let parent = open.last {
            nodes[parent.node].isPlain = false
            if let sibling = parent.lastChild {
                nodes[sibling].nextSibling = index
            } else {
                nodes[parent.node].firstChild = index
            }
            open[open.count - 1].lastChild = index
        }
        open.append((node: index, lastChild: nil))
    }

    private mutating func skipAttributes() throws(XMLSyntaxError) {
        skipWhiteSpace()
        while position < bytes.count, bytes[position] != UInt8(ascii: ">"), bytes[position] != UInt8(ascii: "/") {
            let start = position
            _ = try parseName()
            skipWhiteSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
                throw error("an attribute without a value", at: start)
            }
            position += 1
            skipWhiteSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'")
            else { throw error("an attribute without a value", at: start) }
            let quote = bytes[position]
            position += 1
            while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "<") {
                position += 1
            }
            guard position < bytes.count, bytes[position] == quote else {
                throw error("an attribute without an end", at: start)
            }
            position += 1
            skipWhiteSpace()
        }
    }

    private mutating func parseEndTag() throws(XMLSyntaxError) {
        let start = position
        position += 2
        let name = try parseName().local
        skipWhiteSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else {
            throw error("a tag without an end", at: start)
        }
        guard let element = open.last, bytes[nodes[element.node].name].elementsEqual(bytes[name]) else {
            throw error("an end tag that ends nothing", at: start)
        }
        position += 1
        close(element.node, at: start)
        nodes[element.node].isComplete = true
        open.removeLast()
    }

    private mutating func close(_ node: Int, at end: Int) {
        let start = nodes[node].content.lowerBound
        nodes[node].content = start..<max(start, end)
    }
}
