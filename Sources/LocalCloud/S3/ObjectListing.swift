/// A page of a listing: objects, and in their order the common beginnings of keys that have the delimiter behind the
/// prefix.
struct ObjectListing {
    enum Entry {
        case object(ObjectRecord)
        case prefix(String)

        /// What the listing goes on behind.
        var marker: String {
            switch self {
            case .object(let object): object.key
            case .prefix(let prefix): prefix
            }
        }
    }

    private(set) var entries: [Entry] = []
    private(set) var isTruncated = false

    /// - Parameters:
    ///   - all: in the order of the bytes of their keys.
    ///   - marker: an object or prefix; the page begins behind it.
    init(_ all: [ObjectRecord], prefix: String, delimiter: String, after marker: String, limit: Int) {
        guard limit > 0 else { return }
        for object in all where object.key.utf8.starts(with: prefix.utf8) {
            guard marker.utf8.lexicographicallyPrecedes(object.key.utf8) else { continue }
            let entry = Self.entry(of: object, prefix: prefix, delimiter: delimiter)
            if case .prefix(let common) = entry {
                // Those behind a prefix that was told are told with it.
                if common == marker || entries.last?.marker == common { continue }
            }
            guard entries.count < limit else {
                isTruncated = true
                return
            }
            entries.append(entry)
        }
    }

    private static func entry(of object: ObjectRecord, prefix: String, delimiter: String) -> Entry {
        guard !delimiter.isEmpty,
            let found = object.key.utf8.dropFirst(prefix.utf8.count).firstRange(of: delimiter.utf8)
        else {
            return .object(object)
        }
        return .prefix(String(object.key[..<found.upperBound]))
    }
}
