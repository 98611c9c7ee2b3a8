/// What the headers `Connection` say (RFC 9110 §7.6.1).
package struct ConnectionOptions: Sendable, Hashable, OptionSet {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let close = ConnectionOptions(rawValue: 1)
    package static let keepAlive = ConnectionOptions(rawValue: 2)
    package static let upgrade = ConnectionOptions(rawValue: 4)
    /// Further headers are named, which are not to be passed on either.
    package static let namesFields = ConnectionOptions(rawValue: 8)

    init(_ bytes: Span<UInt8>, _ fields: [HeaderField]) {
        self = []
        for field in fields where field.name == .connection {
            var position = field.value.lowerBound
            while let element = bytes.nextElement(in: field.value, from: &position) {
                if bytes.isEqual(element, "close") {
                    insert(.close)
                } else if bytes.isEqual(element, "keep-alive") {
                    insert(.keepAlive)
                } else if bytes.isEqual(element, "upgrade") {
                    insert(.upgrade)
                } else if !element.isEmpty {
                    insert(.namesFields)
                }
            }
        }
    }

    /// Whether a `Connection` header names this one.
    static func name(_ field: HeaderField, _ bytes: Span<UInt8>, _ fields: [HeaderField]) -> Bool {
        for connection in fields where connection.name == .connection {
            var position = connection.value.lowerBound
            while let element = bytes.nextElement(in: connection.value, from: &position) {
                if bytes.isEqual(element, ignoringCaseOf: field.nameRange) { return true }
            }
        }
        return false
    }
}

extension Span<UInt8> {
    /// The next element of a list separated by commas, without the spaces around it; `nil` after the last one.
    func nextElement(in list: Range<Int>, from position: inout Int) -> Range<Int>? {
        guard position <= list.upperBound, !list.isEmpty else { return nil }
        var end = position
        while end < list.upperBound, self[end] != .comma { end += 1 }
        defer { position = end + 1 }
        return trimming(position..<end)
    }

    fileprivate func isEqual(_ left: Range<Int>, ignoringCaseOf right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count {
            if self[left.lowerBound + offset].lowercased != self[right.lowerBound + offset].lowercased { return false }
        }
        return true
    }
}
