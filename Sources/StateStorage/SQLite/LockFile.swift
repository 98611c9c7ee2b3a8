import AttributeTree
import Glibc
import Reconciliation
import Synchronization

/// A lock between processes that ends with the process that holds it, however that ends: `flock` on a file that says
/// who that is. The file stays; its being there means nothing.
final class LockFile: Sendable {
    private let path: String
    private let descriptor = Mutex<CInt?>(nil)

    init(path: String) {
        self.path = path
    }

    deinit {
        unlock()
    }

    /// - Throws: ``StateStoreError``.
    func lock(_ holder: LockHolder) throws {
        // Close-on-exec: a program that was started while the lock was held must not go on holding it.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure() }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            defer { close(file) }
            if errno == EWOULDBLOCK { throw StateStoreError.locked(by: readHolder(from: file)) }
            throw failure()
        }
        write(holder, to: file)
        descriptor.withLock { $0 = file }
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

    /// Who has the lock now; `nil` when nobody has.
    func holder() throws -> LockHolder? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure()
        }
        defer { close(file) }
        // A holder that was killed has left its name. Only then is the lock itself tried, for a moment and shared, because
        // whoever wants it in that moment is told that it is held.
        guard let holder = readHolder(from: file) else { return nil }
        guard flock(file, LOCK_SH | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK { return holder }
            throw failure()
        }
        flock(file, LOCK_UN)
        return nil
    }

    private func failure() -> StateStoreError {
        .unwritable(location: path, reason: String(cString: strerror(errno)))
    }

    /// Who holds the lock is for a message: when it cannot be written or read, the lock is as good without.
    private func write(_ holder: LockHolder, to file: CInt) {
        let text = holder.json.json()
        ftruncate(file, 0)
        _ = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    }

    private func readHolder(from file: CInt) -> LockHolder? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        guard count > 0, let json = try? AttributeValue(json: Array(bytes[..<count])) else { return nil }
        return LockHolder(json: json)
    }
}
