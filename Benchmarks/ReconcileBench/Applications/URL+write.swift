import FoundationEssentials

extension URL {
    /// Writes a file of this directory, and the directory first where there is none.
    func write(_ text: String, to name: String) throws {
        try FileManager.default.createDirectory(at: self, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: appending(path: name))
    }
}
