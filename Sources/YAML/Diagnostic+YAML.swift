import Diagnostics

// Files that are not read at all.
extension Diagnostic {
    static func fileTooLarge(_ source: SourceText, limit: Int) -> Diagnostic {
        Diagnostic(
            .error, "the file has \(source.bytes.count) bytes; at most \(limit) are read",
            at: SourceRange(start: source.place(atByte: 0)), help: ["split it into several files"])
    }

    static func utf16(_ source: SourceText) -> Diagnostic {
        Diagnostic(
            .error, "the file is encoded in UTF-16", at: SourceRange(start: source.place(atByte: 0)),
            help: ["save it as UTF-8"])
    }

    static func invalidUTF8(_ source: SourceText, at bytes: Range<Int>) -> Diagnostic {
        let values = source.bytes[bytes].map { "0x" + hexadecimal($0, digits: 2) }.joined(separator: " ")
        return Diagnostic(
            .error, "invalid UTF-8: \(values) at byte \(bytes.lowerBound)",
            at: SourceRange(start: source.place(atByte: bytes.lowerBound)),
            help: ["save the file as UTF-8; it may be in Latin-1 or another encoding now"])
    }

    static func moreErrors(in source: SourceText, after range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "there are more errors in \(source.file); they are not shown", at: range,
            help: ["mend those above and try again"])
    }
}

// Tags.
extension Diagnostic {
    static func unknownTag(_ uri: String, at range: SourceRange) -> Diagnostic {
        let prefix = "tag:yaml.org,2002:"
        let name = uri.hasPrefix(prefix) ? "!!" + uri.dropFirst(prefix.count) : uri
        return Diagnostic(
            .error, "unknown tag \"\(name)\"", at: range,
            help: ["remove it: only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map have a meaning"])
    }

    static func tagMismatch(_ tag: YAMLTag, found: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(.error, "the tag says \(tag.meaning), but this is \(found)", at: range, help: ["remove the tag"])
    }
}

extension YAMLTag {
    fileprivate var meaning: String {
        switch self {
        case .none, .nonSpecific, .refused: "nothing"
        case .string: "a string"
        case .int: "a whole number of at most 64 bits"
        case .float: "a number"
        case .bool: "true or false"
        case .null: "null"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }
}

// Keys and merges.
extension Diagnostic {
    static func duplicateKey(_ key: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "duplicate key \"\(key)\"", at: range, related: [Related("first written here", at: first)],
            help: ["remove one of the two"])
    }

    static func duplicateMergeKey(at range: SourceRange, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "duplicate key \"<<\"", at: range, related: [Related("first written here", at: first)],
            help: ["merge several maps with one list: \"<<: [*first, *second]\""])
    }

    static func unmergeable(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\"<<\" takes a map or a list of maps", at: range,
            help: ["refer to a map that has an anchor: \"<<: *name\""])
    }
}

// Nesting and aliases.
extension Diagnostic {
    static func nestedTooDeeply(at range: SourceRange, limit: Int) -> Diagnostic {
        Diagnostic(
            .error, "more than \(limit) lists and maps are nested here", at: range,
            help: ["check for brackets that are not closed"])
    }

    static func undefinedAlias(_ name: String, at range: SourceRange, anchors: [String: Anchor]) -> Diagnostic {
        let names = anchors.sorted { $0.value.node < $1.value.node }.map(\.key)
        let suggestion = suggestion(for: name, among: names)
        return Diagnostic(
            .error, "undefined alias \"*\(name)\": no anchor \"&\(name)\" comes before it in this document", at: range,
            help: suggestion.isEmpty ? ["if it is text, put it in quotes"] : suggestion)
    }

    static func cyclicAlias(_ name: String, at range: SourceRange, anchor: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "the alias \"*\(name)\" stands inside of what it stands for", at: range,
            related: [Related("the anchor is here", at: anchor)], help: ["write out what is meant"])
    }

    static func aliasNestedTooDeeply(_ name: String, at range: SourceRange, limit: Int) -> Diagnostic {
        Diagnostic(
            .error, "with what \"*\(name)\" stands for, more than \(limit) lists and maps are nested here",
            at: range,
            help: ["write out what is meant with less nesting"])
    }

    static func aliasBomb(at range: SourceRange, nodes: Int, written: Int) -> Diagnostic {
        let count = nodes == .max ? "more than \(Int.max)" : "\(nodes)"
        return Diagnostic(
            .error, "aliases turn the \(written) nodes of this document into \(count)", at: range,
            help: ["use aliases for less, or write several documents"])
    }
}

/// The digits of a number in capitals, with zeros in front.
func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
