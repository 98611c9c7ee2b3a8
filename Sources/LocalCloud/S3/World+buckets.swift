import AWSModel
import AttributeTree

extension World {
    func listBuckets(_ request: ObjectRequest, _ context: CallContext) -> WireResponse {
        let prefix = request.query["prefix"] ?? ""
        let buckets = objects.buckets.values.filter { $0.name.hasPrefix(prefix) }.sorted { $0.name < $1.name }
        return .s3XML { writer in
            writer.element("ListAllMyBucketsResult", namespace: WireResponse.s3Namespace) { writer in
                writer.element("Owner") { writer in
                    writer.element("ID", text: account.id)
                    writer.element("DisplayName", text: account.id)
                }
                writer.element("Buckets") { writer in
                    for bucket in buckets {
                        writer.element("Bucket") { writer in
                            writer.element("Name", text: bucket.name)
                            writer.element(
                                "CreationDate",
                                text: Timestamp.text(.number(bucket.createdAt.secondsSince1970), as: .iso8601))
                            writer.element("BucketRegion", text: account.region)
                        }
                    }
                }
            }
        }
    }

    mutating func createBucket(
        _ name: String, _ request: ObjectRequest, _ context: CallContext
    ) throws(CloudFault) -> WireResponse {
        guard Self.isBucketName(name) else {
            throw CloudFault(
                "InvalidBucketName", "The specified bucket is not valid.", details: ["BucketName": .string(name)])
        }
        if !request.body.isEmpty {
            guard let document = try? XMLDocument(request.body) else { throw .malformedXML }
            // AWS asks for it everywhere but in us-east-1; here it may be left out.
            let place = document.root.child("LocationConstraint")?.trimmedText ?? ""
            guard place.isEmpty || place == account.region else {
                throw CloudFault(
                    "IllegalLocationConstraintException",
                    "The \(place) location constraint is incompatible for the region specific endpoint this request was "
                        + "sent to.")
            }
        }
        guard objects.buckets[name] == nil else {
            throw CloudFault(
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.", status: 409,
                details: ["BucketName": .string(name)])
        }
        objects.buckets[name] = BucketRecord(name: name, createdAt: context.now)
        return WireResponse(status: 200, headers: ["Location": "/\(name)"])
    }

    mutating func deleteBucket(_ name: String) throws(CloudFault) -> WireResponse {
        guard objects.isEmpty(name) else {
            throw CloudFault(
                "BucketNotEmpty", "The bucket you tried to delete is not empty", status: 409,
                details: ["BucketName": .string(name)])
        }
        objects.buckets[name] = nil
        return WireResponse(status: 204)
    }

    /// 3 to 63 small letters, digits, hyphens and dots; labels between dots begin and end with a letter or digit, and it
    /// is not an address.
    private static func isBucketName(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = labels.count == 4 && labels.allSatisfy { UInt8($0) != nil }
        return (3...63).contains(name.count) && !isAddress && !name.hasPrefix("xn--") && !name.hasSuffix("-s3alias")
            && labels.allSatisfy { label in
                !label.isEmpty && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
            }
    }
}
