import AWSModel
import SigV4

/// A request to S3, taken apart: the bucket stands first in the path, or in the name of the host.
struct ObjectRequest: Sendable {
    var method: String
    var bucket: String?
    var key: String?
    /// The parameters of the query, decoded.
    var query: [String: String]
    var headers: WireHeaders
    var body: [UInt8]

    init(_ request: WireRequest) {
        method = request.method
        headers = request.headers
        body = request.body
        query = Self.parse(request.query ?? "")
        var path = request.path.drop { $0 == "/" }
        if let bucket = Self.bucket(ofHost: request.headers["Host"] ?? "") {
            self.bucket = bucket
        } else if !path.isEmpty {
            bucket = Self.decode(path.prefix { $0 != "/" })
            path = path.drop { $0 != "/" }.dropFirst()
        }
        key = path.isEmpty ? nil : Self.decode(path)
    }

    /// `bucket.s3.local-1.amazonaws.com`, `bucket.localhost`, `bucket.s3.localhost`, with a port or without.
    private static func bucket(ofHost host: String) -> String? {
        let host = host.prefix { $0 != ":" }
        for service in [".s3.", ".s3-"] {
            if let found = host.firstRange(of: service) { return String(host[..<found.lowerBound]) }
        }
        guard host.hasSuffix(".localhost"), !host.hasPrefix("s3.") else { return nil }
        return String(host.dropLast(".localhost".count))
    }

    private static func parse(_ query: String) -> [String: String] {
        Dictionary(
            query.split(separator: "&").map { parameter in
                let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = parts.count > 1 ? String(parts[1].map { $0 == "+" ? " " : $0 }) : ""
                return (decode(parts[0]), decode(value))
            }
        ) { first, _ in first }
    }

    private static func decode(_ text: some StringProtocol) -> String {
        String(decoding: PercentEncoding.decode(text), as: UTF8.self)
    }
}
