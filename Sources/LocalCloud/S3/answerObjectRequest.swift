package import AWSModel

/// Answers a request to S3, as it came over the wire but for the `aws-chunked` encoding, which is taken off. Who signed
/// it is known; a refusal is an answer like others.
package func answerObjectRequest(
    _ request: WireRequest, world: inout World, context: CallContext
) -> WireResponse {
    let requestID = context.ids.hex(16).uppercased()
    var response: WireResponse
    do throws(CloudFault) {
        response = try world.answer(ObjectRequest(request), context)
        response.headers["x-amz-request-id"] = requestID
    } catch {
        response = S3Fault.encode(error, requestID: requestID)
    }
    if request.method == "HEAD" { response.body = [] }
    return response
}

extension World {
    fileprivate mutating func answer(_ request: ObjectRequest, _ context: CallContext) throws(CloudFault)
        -> WireResponse
    {
        guard let bucket = request.bucket else {
            guard request.method == "GET" else { throw .methodNotAllowed(request.method) }
            return listBuckets(request, context)
        }
        guard let key = request.key else { return try answer(request, bucket: bucket, context) }
        return try answer(request, bucket: bucket, key: key, context)
    }

    private mutating func answer(
        _ request: ObjectRequest, bucket: String, _ context: CallContext
    ) throws(CloudFault) -> WireResponse {
        if request.method == "PUT", request.query.keys.allSatisfy({ $0 == "x-id" }) {
            return try createBucket(bucket, request, context)
        }
        guard objects.buckets[bucket] != nil else { throw .noSuchBucket(bucket) }
        if request.method == "POST", request.query["delete"] != nil {
            return try deleteObjects(request, bucket: bucket)
        }
        if let resource = BucketResource.named(in: request.query) {
            guard request.method == "GET" else { throw .resourceNotImplemented(resource) }
            return try BucketResource.answer(resource, region: account.region)
        }
        switch request.method {
        case "HEAD":
            return WireResponse(status: 200, headers: ["x-amz-bucket-region": account.region])
        case "GET": return try listObjects(request, bucket: bucket)
        case "DELETE": return try deleteBucket(bucket)
        default: throw .methodNotAllowed(request.method)
        }
    }

    private mutating func answer(
        _ request: ObjectRequest, bucket: String, key: String, _ context: CallContext
    ) throws(CloudFault) -> WireResponse {
        guard objects.buckets[bucket] != nil else { throw .noSuchBucket(bucket) }
        let resources: Set = [
            "acl", "attributes", "legal-hold", "partNumber", "restore", "retention", "select", "tagging", "torrent",
            "uploadId", "uploads",
        ]
        if let resource = request.query.keys.first(where: resources.contains) {
            throw .resourceNotImplemented(resource)
        }
        if let version = request.query["versionId"], version != "null" {
            throw .invalidArgument("Invalid version id specified", "versionId", version)
        }
        switch request.method {
        case "GET", "HEAD": return try readObject(request, bucket: bucket, key: key)
        case "PUT": return try writeObject(request, bucket: bucket, key: key, context)
        case "DELETE": return try deleteObject(request, bucket: bucket, key: key)
        default: throw .methodNotAllowed(request.method)
        }
    }
}
