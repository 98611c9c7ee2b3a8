import AWSModel

extension World {
    /// What is not there is deleted too.
    mutating func deleteObject(
        _ request: ObjectRequest, bucket: String, key: String
    ) throws(CloudFault) -> WireResponse {
        try ObjectConditions(request.headers).checkDelete(of: objects[bucket, key], key: key)
        if objects[bucket, key] != nil { objects[bucket, key] = nil }
        return WireResponse(status: 204)
    }

    /// Up to a thousand at once; each has its own answer.
    mutating func deleteObjects(_ request: ObjectRequest, bucket: String) throws(CloudFault) -> WireResponse {
        guard let root = (try? XMLDocument(request.body))?.root, root.name == "Delete" else { throw .malformedXML }
        let wanted = root.children.filter { $0.name == "Object" }
        guard (1...1000).contains(wanted.count) else { throw .malformedXML }
        let isQuiet = root.child("Quiet")?.trimmedText == "true"
        var results: [(key: String, fault: CloudFault?)] = []
        for element in wanted {
            guard let key = element.child("Key")?.text, !key.isEmpty else { throw .malformedXML }
            results.append((key, nil))
            do throws(CloudFault) {
                var conditions = ObjectConditions([:])
                conditions.ifMatch = element.child("ETag")?.trimmedText
                try conditions.checkDelete(of: objects[bucket, key], key: key)
                if objects[bucket, key] != nil { objects[bucket, key] = nil }
            } catch {
                results[results.count - 1].fault = error
            }
        }
        return .s3XML { writer in
            writer.element("DeleteResult", namespace: WireResponse.s3Namespace) { writer in
                for result in results where result.fault != nil || !isQuiet { Self.write(result, into: &writer) }
            }
        }
    }

    private static func write(_ result: (key: String, fault: CloudFault?), into writer: inout XMLWriter) {
        guard let fault = result.fault else {
            return writer.element("Deleted") { $0.element("Key", text: result.key) }
        }
        writer.element("Error") { writer in
            writer.element("Key", text: result.key)
            writer.element("Code", text: fault.code)
            writer.element("Message", text: fault.message)
        }
    }
}
