import AWSModel
import AttributeTree

/// How S3 says that it refuses, before the request is looked at as one of S3.
enum S3Fault {
    static func encode(_ fault: CloudFault, requestID: String) -> WireResponse {
        var members = [(name: "Code", value: fault.code), (name: "Message", value: fault.message)]
        members += (fault.details.mapValue ?? [:]).sorted { $0.key < $1.key }
            .map { (name: $0.key, value: $0.value.stringValue ?? "") }
        members.append((name: "RequestId", value: requestID))
        let content = members.map { "<\($0.name)>\(escaped($0.value))</\($0.name)>" }.joined()
        return WireResponse(
            status: fault.status,
            headers: ["Content-Type": "application/xml", "x-amz-request-id": requestID],
            body: Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\(content)</Error>".utf8))
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
