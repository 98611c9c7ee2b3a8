import Glibc
import Synchronization

/// A lock between processes that ends with the process that holds it: `flock` on a file that says which that is. The
/// file stays; its being there means nothing.
final class ProcessLock: Sendable {
    private let descriptor: Mutex<CInt?>

    /// - Throws: ``CloudStoreError``.
    init(path: String) throws(CloudStoreError) {
        // Close-on-exec: no program that is started meanwhile may go on holding it.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unusable(path: path, reason: FileAccess.lastError) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            defer { close(file) }
            throw errno == EWOULDBLOCK
                ? .inUse(pid: Self.holder(file)) : .unusable(path: path, reason: FileAccess.lastError)
        }
        ftruncate(file, 0)
        let text = Array("\(getpid())\n".utf8)
        _ = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
        descriptor = Mutex(file)
    }

    deinit {
        unlock()
    }

    func unlock() {
        descriptor.withLock { descriptor in
            guard let file = descriptor else { return }
            ftruncate(file, 0)
            // Not left to the closing: a program that is being started has a copy of the descriptor for a moment.
            flock(file, LOCK_UN)
            close(file)
            descriptor = nil
        }
    }

    private static func holder(_ file: CInt) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        return Int(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).prefix { $0 != "\n" })
    }
}
