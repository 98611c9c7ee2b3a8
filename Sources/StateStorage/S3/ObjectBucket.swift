package import AWSClient

/// What a state in S3 needs of a bucket. ``S3Bucket`` is one; tests have another.
package protocol ObjectBucket: Sendable {
    /// `nil` where there is no such object.
    func get(_ key: String) async throws -> StoredObject?
    /// The tag of what was written; `nil` where the condition did not hold. When it throws, the object may or may not have
    /// been written.
    func put(_ body: [UInt8], at key: String, _ condition: WriteCondition) async throws -> String?
    /// The keys that begin with `prefix` and come after `key`, in their order.
    func keys(under prefix: String, after key: String) async throws -> [String]
}

extension S3Bucket: ObjectBucket {}

/// Where the objects of one environment's state are.
struct StatePlace: Sendable {
    var bucket: String
    /// Ends with a slash, or is empty.
    private var prefix: String
    var project: String
    var environment: String

    init(bucket: String, prefix: String, project: String, environment: String) {
        self.bucket = bucket
        self.prefix = prefix.isEmpty ? "" : prefix + "/"
        self.project = project
        self.environment = environment
    }

    /// For messages.
    var description: String { "s3://\(bucket)/\(prefix)\(environment)" }

    var lock: String { key("lock.json") }
    var snapshot: String { key("snapshot.json") }
    var log: String { key("log/") }

    /// Keys are in the order of their positions.
    func entry(_ position: Int) -> String {
        let digits = String(position)
        return "\(log)\(String(repeating: "0", count: max(0, 20 - digits.count)))\(digits).json"
    }

    private func key(_ name: String) -> String { "\(prefix)\(environment)/\(name)" }
}
