import AWSModel

/// What belongs to a bucket beside its objects: a parameter of the query names it. Only what tells of a bucket that
/// nobody has configured is answered.
enum BucketResource {
    /// What S3 says where a bucket has no such thing.
    private static let missing = [
        "cors": CloudFault(
            "NoSuchCORSConfiguration", "The CORS configuration does not exist", status: 404),
        "lifecycle": CloudFault(
            "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", status: 404),
        "policy": CloudFault("NoSuchBucketPolicy", "The bucket policy does not exist", status: 404),
        "tagging": CloudFault("NoSuchTagSet", "The TagSet does not exist", status: 404),
        "website": CloudFault(
            "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", status: 404),
    ]

    private static let others: Set = [
        "accelerate", "acl", "analytics", "encryption", "intelligent-tiering", "inventory", "location", "logging",
        "metrics", "notification", "object-lock", "ownershipControls", "policyStatus", "publicAccessBlock",
        "replication", "requestPayment", "uploads", "versioning", "versions",
    ]

    static func named(in query: [String: String]) -> String? {
        query.keys.sorted().first { missing[$0] != nil || others.contains($0) }
    }

    static func answer(_ resource: String, region: String) throws(CloudFault) -> WireResponse {
        if let fault = missing[resource] { throw fault }
        switch resource {
        case "location":
            return .s3XML { writer in
                // The region without a name of its own is told as nothing.
                writer.element("LocationConstraint", namespace: WireResponse.s3Namespace) {
                    if region != "us-east-1" { $0.text(region) }
                }
            }
        case "versioning":
            return .s3XML { $0.element("VersioningConfiguration", namespace: WireResponse.s3Namespace) { _ in } }
        default: throw .resourceNotImplemented(resource)
        }
    }
}

extension WireResponse {
    static let s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

    static func s3XML(_ write: (inout XMLWriter) -> Void) -> WireResponse {
        var writer = XMLWriter()
        write(&writer)
        return WireResponse(
            status: 200, headers: ["Content-Type": "application/xml"],
            body: Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8) + writer.bytes)
    }
}
