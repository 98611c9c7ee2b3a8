import AttributeTree

extension CloudFault {
    static func noSuchBucket(_ name: String) -> Self {
        Self(
            "NoSuchBucket", "The specified bucket does not exist", status: 404,
            details: ["BucketName": .string(name)])
    }

    static func noSuchKey(_ key: String) -> Self {
        Self("NoSuchKey", "The specified key does not exist.", status: 404, details: ["Key": .string(key)])
    }

    /// - Parameter header: the condition that does not hold.
    static func preconditionFailed(_ header: String) -> Self {
        Self(
            "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", status: 412,
            details: ["Condition": .string(header)])
    }

    static func headerNotImplemented(_ name: String) -> Self {
        Self(
            "NotImplemented", "A header you provided implies functionality that is not implemented.", status: 501,
            details: ["Header": .string(name)])
    }

    /// What a parameter of the query asks for.
    static func resourceNotImplemented(_ name: String) -> Self {
        Self(
            "NotImplemented", "The local cloud does not implement ?\(name) of S3.", status: 501,
            details: ["ResourceType": .string(name)])
    }

    static let malformedXML = Self(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema")

    static func invalidArgument(_ message: String, _ name: String, _ value: String) -> Self {
        Self(
            "InvalidArgument", message, details: ["ArgumentName": .string(name), "ArgumentValue": .string(value)])
    }

    static func badDigest(_ message: String) -> Self { Self("BadDigest", message) }

    static func methodNotAllowed(_ method: String) -> Self {
        Self(
            "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405,
            details: ["Method": .string(method)])
    }
}
