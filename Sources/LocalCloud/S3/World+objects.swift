import AWSModel
import AttributeTree

extension World {
    /// Header fields that are kept with an object.
    private static let keptHeaders = [
        "cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires",
        "x-amz-storage-class",
    ]
    /// Header fields that ask for more than is done here.
    private static let refusedHeaders = [
        "x-amz-copy-source", "x-amz-object-lock-legal-hold", "x-amz-object-lock-mode",
        "x-amz-server-side-encryption-customer-key", "x-amz-tagging", "x-amz-website-redirect-location",
        "x-amz-write-offset-bytes",
    ]
    /// By the parameter that replaces a header in an answer.
    private static let overrides = [
        "response-cache-control": "Cache-Control", "response-content-disposition": "Content-Disposition",
        "response-content-encoding": "Content-Encoding", "response-content-language": "Content-Language",
        "response-content-type": "Content-Type", "response-expires": "Expires",
    ]

    mutating func writeObject(
        _ request: ObjectRequest, bucket: String, key: String, _ context: CallContext
    ) throws(CloudFault) -> WireResponse {
        guard key.utf8.count <= 1024 else {
            throw CloudFault("KeyTooLongError", "Your key is too long", details: ["Size": .string("\(key.utf8.count)")])
        }
        for header in Self.refusedHeaders where request.headers[header] != nil { throw .headerNotImplemented(header) }
        try ObjectConditions(request.headers).checkWrite(over: objects[bucket, key], key: key)
        let headers = try Self.keptHeaders(of: request)
        let object = ObjectRecord(
            bucket: bucket, key: key, content: request.body, tag: ObjectChecksum.tag(of: request.body),
            modifiedAt: context.now, headers: headers)
        objects[bucket, key] = object
        var response = WireResponse(
            status: 200, headers: ["ETag": object.tag, "x-amz-server-side-encryption": "AES256"])
        Self.addChecksums(of: object, to: &response)
        return response
    }

    /// Checks what the client says of the bytes, and picks what is to come back with them.
    private static func keptHeaders(of request: ObjectRequest) throws(CloudFault) -> [String: String] {
        if let sum = request.headers["Content-MD5"], sum != ObjectChecksum.md5(of: request.body) {
            throw .badDigest("The Content-MD5 you specified did not match what we received.")
        }
        var kept: [String: String] = ["content-type": "binary/octet-stream"]
        var size = 0
        for field in request.headers.fields {
            let name = field.name.lowercased()
            if let checksum = ObjectChecksum(rawValue: name) {
                guard checksum.value(of: request.body) == field.value else {
                    throw .badDigest("The \(checksum.name) you specified did not match the calculated checksum.")
                }
                kept[name] = field.value
            } else if name.hasPrefix("x-amz-meta-") {
                size += name.utf8.count - "x-amz-meta-".utf8.count + field.value.utf8.count
                kept[name] = field.value
            } else if keptHeaders.contains(name) {
                kept[name] = field.value
            }
        }
        guard size <= 2048 else {
            throw CloudFault(
                "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size",
                details: ["Size": .string("\(size)"), "MaxSizeAllowed": "2048"])
        }
        return kept
    }

    func readObject(_ request: ObjectRequest, bucket: String, key: String) throws(CloudFault) -> WireResponse {
        guard let object = objects[bucket, key] else { throw .noSuchKey(key) }
        var response = WireResponse(
            status: 200,
            headers: [
                "ETag": object.tag, "Accept-Ranges": "bytes",
                "Last-Modified": Timestamp.text(.number(object.modifiedAt.secondsSince1970), as: .rfc822),
            ])
        guard try ObjectConditions(request.headers).checkRead(of: object) == .proceed else {
            response.status = 304
            return response
        }
        for (name, value) in object.headers.sorted(by: { $0.key < $1.key }) where ObjectChecksum(rawValue: name) == nil
        {
            response.headers[name] = value
        }
        for (parameter, name) in Self.overrides {
            if let value = request.query[parameter] { response.headers[name] = value }
        }
        response.headers["x-amz-server-side-encryption"] = "AES256"
        if request.headers["x-amz-checksum-mode"]?.uppercased() == "ENABLED", request.headers["Range"] == nil {
            Self.addChecksums(of: object, to: &response)
        }
        try Self.addContent(of: object, request.headers["Range"], to: &response)
        return response
    }

    private static func addContent(
        of object: ObjectRecord, _ range: String?, to response: inout WireResponse
    ) throws(CloudFault) {
        let bytes = object.content.bytes
        switch ByteRange(range, of: bytes.count) {
        case .whole: response.body = bytes
        case .part(let part):
            response.status = 206
            response.headers["Content-Range"] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)"
            response.body = Array(bytes[part])
        case .unsatisfiable:
            throw CloudFault(
                "InvalidRange", "The requested range is not satisfiable", status: 416,
                details: [
                    "RangeRequested": .string(range ?? ""), "ActualObjectSize": .string(String(bytes.count)),
                ])
        }
        response.headers["Content-Length"] = String(response.body.count)
    }

    private static func addChecksums(of object: ObjectRecord, to response: inout WireResponse) {
        for checksum in ObjectChecksum.allCases {
            guard let value = object.headers[checksum.rawValue] else { continue }
            response.headers[checksum.rawValue] = value
            response.headers["x-amz-checksum-type"] = "FULL_OBJECT"
        }
    }
}
