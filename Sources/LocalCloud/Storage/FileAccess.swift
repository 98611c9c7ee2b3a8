import FoundationEssentials
import Glibc

/// Files that only this user may read.
enum FileAccess {
    /// Makes a directory, and those above it that are missing, where there is none.
    static func createDirectory(at path: String) throws(CloudStoreError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unusable(path: path, reason: String(describing: error))
        }
    }

    /// Makes an empty file where there is none; what SQLite puts beside it has the same permissions.
    static func createPrivateFile(at path: String) throws(CloudStoreError) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unusable(path: path, reason: lastError) }
        close(file)
    }

    /// Puts a file in the place of another at once: readers see the one or the other whole.
    static func replaceFile(at path: String, with content: [UInt8]) throws(CloudStoreError) {
        let temporary = "\(path).\(getpid())"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unusable(path: path, reason: lastError) }
        let written = content.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
        guard written == content.count, rename(temporary, path) == 0 else {
            let reason = lastError
            unlink(temporary)
            throw .unusable(path: path, reason: reason)
        }
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    /// What the operating system says of the call that has just failed.
    static var lastError: String { String(cString: strerror(errno)) }
}
