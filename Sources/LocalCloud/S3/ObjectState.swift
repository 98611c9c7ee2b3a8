/// Buckets and objects.
package struct ObjectState: Sendable {
    package var buckets = Table<BucketRecord>("objects.buckets")
    private var objects = Table<ObjectRecord>("objects.objects")

    package init() {}

    package subscript(bucket: String, key: String) -> ObjectRecord? {
        // A bucket's name has no slash.
        get { objects["\(bucket)/\(key)"] }
        set { objects["\(bucket)/\(key)"] = newValue }
    }

    /// Those of a bucket, in the order in which they are listed: that of the bytes of their keys.
    package func objects(in bucket: String) -> [ObjectRecord] {
        objects.values.filter { $0.bucket == bucket }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    package func isEmpty(_ bucket: String) -> Bool { !objects.values.contains { $0.bucket == bucket } }
}

extension ObjectState: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [TablePath(\.buckets), TablePath(\.objects)]
    }
}
