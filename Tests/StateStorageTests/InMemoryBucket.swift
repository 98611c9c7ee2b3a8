import AWSClient
import SigV4
import StateStorage
import Synchronization

/// A bucket whose time is told, and in whose ways things can be put.
final class InMemoryBucket: ObjectBucket {
    struct Unanswered: Error {}

    /// What becomes of a write.
    enum Fate: Sendable {
        case answered
        /// It is carried out, and the answer is lost.
        case carriedOut
        /// It does not arrive.
        case lost
        /// It is carried out, the answer is lost, and it is sent again.
        case repeated
    }

    private struct Content: Sendable {
        var objects: [String: (body: [UInt8], tag: Int, writtenAt: Duration)] = [:]
        var tags = 0
        var now = Duration.zero
    }

    private let content = Mutex(Content())
    private let reads = Mutex(0)
    /// Told of every write before it is carried out.
    private let fate = Mutex<@Sendable (String) async -> Fate>({ _ in .answered })

    /// How many objects were read so far.
    var readCount: Int { reads.withLock { $0 } }
    var keys: [String] { content.withLock { $0.objects.keys.sorted() } }

    func pass(_ time: Duration) { content.withLock { $0.now += time } }

    func decideFates(_ decide: @escaping @Sendable (String) async -> Fate) { fate.withLock { $0 = decide } }

    func body(of key: String) -> String {
        content.withLock { String(decoding: $0.objects[key]?.body ?? [], as: UTF8.self) }
    }

    /// Puts something there, whatever is there.
    func replace(_ key: String, _ body: String?) {
        content.withLock { content in
            content.tags += 1
            content.objects[key] = body.map { (Array($0.utf8), content.tags, content.now) }
        }
    }

    func get(_ key: String) async throws -> StoredObject? {
        reads.withLock { $0 += 1 }
        return content.withLock { content in
            content.objects[key].map {
                StoredObject(body: $0.body, tag: "\"\($0.tag)\"", age: content.now - $0.writtenAt)
            }
        }
    }

    func put(_ body: [UInt8], at key: String, _ condition: WriteCondition) async throws -> String? {
        switch await fate.withLock({ $0 })(key) {
        case .answered: return write(body, at: key, condition)
        case .carriedOut: _ = write(body, at: key, condition)
        case .lost: break
        case .repeated:
            _ = write(body, at: key, condition)
            return write(body, at: key, condition)
        }
        throw Unanswered()
    }

    private func write(_ body: [UInt8], at key: String, _ condition: WriteCondition) -> String? {
        content.withLock { content in
            let tag = content.objects[key].map { "\"\($0.tag)\"" }
            switch condition {
            case .isNew: guard tag == nil else { return nil }
            case .isStill(let expected): guard tag == expected else { return nil }
            }
            content.tags += 1
            content.objects[key] = (body, content.tags, content.now)
            return "\"\(content.tags)\""
        }
    }

    func keys(under prefix: String, after key: String) async throws -> [String] {
        content.withLock { $0.objects.keys.filter { $0.hasPrefix(prefix) && $0 > key }.sorted() }
    }

    /// A store in it, as a process opens one.
    func store(
        project: String = "hello", environment: String = "test", time: any TimeSource = SystemTime()
    ) -> S3StateStore {
        S3StateStore(
            in: self, named: "acme", prefix: "states", project: project, environment: environment, time: time)
    }
}
