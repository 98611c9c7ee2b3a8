/// The name of a resource that is made beside the one it replaces, while that still has its own: `web-3fa2c1`.
enum ReplacementName {
    /// AWS allows a load balancer and a target group 32 characters, none of them a hyphen at an end or next to another.
    static let limit = 32
    private static let suffixLength = 6

    /// - Parameters:
    ///   - name: the name in the manifest.
    ///   - content: what makes this replacement another than the ones before it.
    static func generated(for name: String, content: String, hash: TextHash) -> String {
        stem(of: name) + "-" + hash(content).prefix(suffixLength)
    }

    static func isGenerated(_ cloudName: String, for name: String) -> Bool {
        let stem = stem(of: name) + "-"
        guard cloudName.hasPrefix(stem) else { return false }
        let suffix = cloudName.dropFirst(stem.count)
        return suffix.count == suffixLength
            && suffix.allSatisfy { $0.isHexDigit && !$0.isUppercase && $0.isASCII }
    }

    private static func stem(of name: String) -> String {
        var stem = name.prefix(limit - suffixLength - 1)
        while stem.last == "-" { stem.removeLast() }
        return String(stem)
    }
}
