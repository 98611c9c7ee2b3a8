/// The name of a kind of resource, as written after `kind:` in a manifest.
package struct KindName: RawRepresentable, Sendable, Hashable {
    package var rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ rawValue: String) { self.rawValue = rawValue }
}

extension KindName: ExpressibleByStringLiteral, CustomStringConvertible, Comparable {
    package init(stringLiteral value: String) { self.init(value) }
    package var description: String { rawValue }
    package static func < (left: KindName, right: KindName) -> Bool { left.rawValue < right.rawValue }
}

/// What a resource is called in messages, on the command line and in the state: `Kind/name`.
package struct ResourceAddress: Sendable, Hashable {
    package var kind: KindName
    /// `metadata.name`.
    package var name: String

    package init(kind: KindName, name: String) {
        self.kind = kind
        self.name = name
    }

    /// Reads `Kind/name`; `nil` when there is no slash or one side is empty.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(kind: KindName(String(parts[0])), name: String(parts[1]))
    }
}

extension ResourceAddress: CustomStringConvertible, Comparable {
    package var description: String { "\(kind)/\(name)" }

    package static func < (left: ResourceAddress, right: ResourceAddress) -> Bool {
        (left.kind, left.name) < (right.kind, right.name)
    }
}
