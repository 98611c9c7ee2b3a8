/// What a file may ask of the reader, so that no file takes more memory or stack than its author could mean.
package struct YAMLLimits: Sendable {
    /// The size of a file.
    package var bytes = 64 << 20
    /// Collections within one another, those behind aliases included.
    package var depth = 100
    /// The nodes of a document once each alias is replaced by what it stands for. A document may have more of them while
    /// it is at most ``expansion`` times as large as written.
    package var expandedNodes = 1_000_000
    package var expansion = 100
    /// Diagnostics of one file; the last says that there are more.
    package var diagnostics = 1000

    package static let standard = YAMLLimits()

    package init() {}
}
