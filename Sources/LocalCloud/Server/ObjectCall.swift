import AWSModel

/// What AWS calls a request to S3, as far as fault rules and logs need to know.
enum ObjectCall {
    static func operationName(of request: WireRequest) -> String {
        let parts = request.path.split(separator: "/", maxSplits: 1)
        let parameters = Set((request.query ?? "").split(separator: "&").map { $0.prefix { $0 != "=" } })
        switch (request.method, parts.count) {
        case ("GET", 0): return "ListBuckets"
        case ("PUT", 1): return parameters.isEmpty ? "CreateBucket" : "PutBucketSetting"
        case ("HEAD", 1): return "HeadBucket"
        case ("DELETE", 1): return "DeleteBucket"
        case ("POST", 1): return parameters.contains("delete") ? "DeleteObjects" : "PostObject"
        case ("GET", 1):
            if parameters.contains("location") { return "GetBucketLocation" }
            return parameters.contains("list-type") ? "ListObjectsV2" : "ListObjects"
        case ("GET", _): return "GetObject"
        case ("HEAD", _): return "HeadObject"
        case ("PUT", _): return request.headers["x-amz-copy-source"] == nil ? "PutObject" : "CopyObject"
        case ("DELETE", _): return "DeleteObject"
        default: return "PostObject"
        }
    }
}
