/// The name of an image in its parts: `registry.example:5000/shop/web:1.4@sha256:…`.
struct ImageReference: Sendable, Hashable {
    /// As it was written.
    var text: String
    /// With the registry, without tag and digest.
    var name: String
    var tag: String?
    var digest: String?

    init(_ text: String) {
        self.text = text
        let parts = text.split(separator: "@", maxSplits: 1)
        let tagged = parts.first.map(String.init) ?? text
        digest = parts.count > 1 ? String(parts[1]) : nil
        // A colon before the last slash belongs to the registry's port.
        let lastPart = tagged.lastIndex(of: "/").map(tagged.index(after:)) ?? tagged.startIndex
        if let colon = tagged[lastPart...].lastIndex(of: ":") {
            name = String(tagged[..<colon])
            tag = String(tagged[tagged.index(after: colon)...])
        } else {
            name = tagged
        }
    }
}
