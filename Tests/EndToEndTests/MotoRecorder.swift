import AttributeTree
import Foundation
import TestBackends

extension Moto {
    /// The calls that reach it while `body` runs, in their order: `ecs:CreateService`; of S3 the method, `s3:GET`.
    func calls(during body: () async throws -> Void) async throws -> [String] {
        for order in ["reset-recording", "start-recording"] { try await recorder("POST", order) }
        try await body()
        try await recorder("POST", "stop-recording")
        let recording = try await recorder("GET", "download-recording")
        return try recording.split(separator: "\n").compactMap { Self.call(try AttributeValue(json: String($0))) }
    }

    @discardableResult
    private func recorder(_ method: String, _ order: String) async throws -> String {
        try await LoopbackRequest(method, port: access.port, path: "/moto-api/recorder/\(order)").send().body
    }

    /// The JSON protocols name the operation in a header, the query protocols in the body; the service is in the scope of
    /// the signature.
    private static func call(_ request: AttributeValue) -> String? {
        let headers = (request["headers"]?.mapValue ?? [:]).reduce(into: [:]) { headers, header in
            headers[header.key.lowercased()] = header.value.stringValue
        }
        let scope = headers["authorization"]?.split(separator: "Credential=").last?.split(separator: "/")
        guard let scope, scope.count > 3 else { return nil }
        let service = scope[3] == "elasticloadbalancing" ? "elbv2" : String(scope[3])
        if service == "s3" { return request["method"]?.stringValue.map { "s3:\($0)" } }
        let body = (request["body"]?.stringValue).map(decoded) ?? ""
        let named = body.split(separator: "&").first { $0.hasPrefix("Action=") }?.dropFirst("Action=".count)
        let target = headers["x-amz-target"]?.split(separator: ".").last
        return (target ?? named).map { "\(service):\($0)" }
    }

    /// The recorder writes what is not text in Base64.
    private static func decoded(_ body: String) -> String {
        guard !body.contains("Action="), let data = Data(base64Encoded: body) else { return body }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Sequence<String> {
    /// How many there are of each.
    var counts: [String: Int] { reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
