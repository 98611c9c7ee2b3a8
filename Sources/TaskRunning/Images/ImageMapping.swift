/// Which command of this machine stands for an image where there is no container engine.
package struct ImageMapping: Sendable, Hashable, Codable {
    /// An image reference in which `*` stands for any characters: `registry.example/shop-*:1.*`. One without a tag
    /// stands for every tag.
    package var pattern: String
    /// A command line for `/bin/sh -c`, which listens at `$HOST` and `$PORT`.
    package var command: String

    package init(pattern: String, command: String) {
        self.pattern = pattern
        self.command = command
    }

    func matches(_ reference: ImageReference) -> Bool {
        Wildcard.matches(pattern, reference.text) || Wildcard.matches(pattern, reference.name)
    }
}
