import AWSModel
import AttributeTree
import SigV4

extension World {
    /// `ListObjectsV2`, and `ListObjects` where the query does not ask for the second.
    func listObjects(_ request: ObjectRequest, bucket: String) throws(CloudFault) -> WireResponse {
        let query = request.query
        let isSecond = query["list-type"] == "2"
        let limit = try Self.limit(query["max-keys"])
        let encoding = query["encoding-type"]
        guard encoding == nil || encoding == "url" else {
            throw .invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding ?? "")
        }
        let start =
            isSecond
            ? try query["continuation-token"].map(Self.marker) ?? query["start-after"] ?? "" : query["marker"] ?? ""
        let listing = ObjectListing(
            objects.objects(in: bucket), prefix: query["prefix"] ?? "", delimiter: query["delimiter"] ?? "",
            after: start, limit: limit)
        let encode: (String) -> String = { encoding == nil ? $0 : PercentEncoding.encode($0, keepingSlash: true) }
        return .s3XML { writer in
            writer.element("ListBucketResult", namespace: WireResponse.s3Namespace) { writer in
                writer.element("Name", text: bucket)
                writer.element("Prefix", text: encode(query["prefix"] ?? ""))
                writer.element("MaxKeys", text: String(limit))
                writer.element("IsTruncated", text: String(listing.isTruncated))
                if let delimiter = query["delimiter"] { writer.element("Delimiter", text: encode(delimiter)) }
                if let encoding { writer.element("EncodingType", text: encoding) }
                if isSecond {
                    Self.writePosition(of: listing, query, encode, into: &writer)
                } else {
                    writer.element("Marker", text: encode(start))
                    if listing.isTruncated, let last = listing.entries.last {
                        writer.element("NextMarker", text: encode(last.marker))
                    }
                }
                Self.write(listing, encode, into: &writer)
            }
        }
    }

    private static func writePosition(
        of listing: ObjectListing, _ query: [String: String], _ encode: (String) -> String,
        into writer: inout XMLWriter
    ) {
        writer.element("KeyCount", text: String(listing.entries.count))
        if let after = query["start-after"] { writer.element("StartAfter", text: encode(after)) }
        if let token = query["continuation-token"] { writer.element("ContinuationToken", text: token) }
        if listing.isTruncated, let last = listing.entries.last {
            writer.element("NextContinuationToken", text: PercentEncoding.encode(last.marker))
        }
    }

    private static func write(
        _ listing: ObjectListing, _ encode: (String) -> String, into writer: inout XMLWriter
    ) {
        for entry in listing.entries {
            switch entry {
            case .object(let object):
                writer.element("Contents") { writer in
                    writer.element("Key", text: encode(object.key))
                    writer.element(
                        "LastModified",
                        text: Timestamp.text(.number(object.modifiedAt.secondsSince1970), as: .iso8601))
                    writer.element("ETag", text: object.tag)
                    writer.element("Size", text: String(object.content.bytes.count))
                    writer.element("StorageClass", text: object.headers["x-amz-storage-class"] ?? "STANDARD")
                }
            case .prefix(let prefix):
                writer.element("CommonPrefixes") { $0.element("Prefix", text: encode(prefix)) }
            }
        }
    }

    private static func limit(_ text: String?) throws(CloudFault) -> Int {
        guard let text, !text.isEmpty else { return 1000 }
        guard let limit = Int(text) else {
            throw .invalidArgument("Provided max-keys not an integer or within integer range", "max-keys", text)
        }
        guard limit >= 0 else {
            throw .invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", text)
        }
        return min(limit, 1000)
    }

    /// Tokens are the place to go on behind, in the encoding of URLs.
    private static func marker(_ token: String) throws(CloudFault) -> String {
        guard !token.isEmpty else {
            throw .invalidArgument("The continuation token provided is incorrect", "continuation-token", token)
        }
        return String(decoding: PercentEncoding.decode(token), as: UTF8.self)
    }
}
