import AWSModel
import AttributeTree

/// The conditions under which an object is read, written or deleted.
struct ObjectConditions: Sendable {
    enum Verdict: Sendable, Hashable {
        case proceed
        /// The reader has it already.
        case notModified
    }

    var ifMatch: String?
    var ifNoneMatch: String?
    var ifModifiedSince: Double?
    var ifUnmodifiedSince: Double?

    init(_ headers: WireHeaders) {
        func time(_ name: String) -> Double? { headers[name].flatMap { Timestamp.parse($0) }?.doubleValue }
        ifMatch = headers["If-Match"]
        ifNoneMatch = headers["If-None-Match"]
        ifModifiedSince = time("If-Modified-Since")
        ifUnmodifiedSince = time("If-Unmodified-Since")
    }

    /// In the order of RFC 9110 §13.2.2: a tag that is given has the say over a time.
    func checkRead(of object: ObjectRecord) throws(CloudFault) -> Verdict {
        let modified = object.modifiedAt.secondsSince1970
        if let ifMatch {
            guard Self.names(ifMatch, object) else { throw .preconditionFailed("If-Match") }
        } else if let ifUnmodifiedSince, modified > ifUnmodifiedSince {
            throw .preconditionFailed("If-Unmodified-Since")
        }
        if let ifNoneMatch { return Self.names(ifNoneMatch, object) ? .notModified : .proceed }
        if let ifModifiedSince, modified <= ifModifiedSince { return .notModified }
        return .proceed
    }

    /// S3 knows two: `If-None-Match: *`, there must be none; and `If-Match`, it must be the one that is known.
    func checkWrite(over object: ObjectRecord?, key: String) throws(CloudFault) {
        if let ifNoneMatch {
            guard ifNoneMatch == "*", ifMatch == nil else { throw .headerNotImplemented("If-None-Match") }
            guard object == nil else { throw .preconditionFailed("If-None-Match") }
        }
        if let ifMatch {
            guard let object else { throw .noSuchKey(key) }
            guard Self.names(ifMatch, object) else { throw .preconditionFailed("If-Match") }
        }
    }

    func checkDelete(of object: ObjectRecord?, key: String) throws(CloudFault) {
        guard let ifMatch else { return }
        guard let object else { throw ifMatch == "*" ? .preconditionFailed("If-Match") : .noSuchKey(key) }
        guard Self.names(ifMatch, object) else { throw .preconditionFailed("If-Match") }
    }

    /// Whether one of the tags of a list, with their quotation marks or without, is that of the object.
    private static func names(_ tags: String, _ object: ObjectRecord) -> Bool {
        tags.split(separator: ",").contains { tag in
            let tag = tag.filter { $0 != " " && $0 != "\"" }
            return tag == "*" || tag == object.tag.filter { $0 != "\"" }
        }
    }
}
