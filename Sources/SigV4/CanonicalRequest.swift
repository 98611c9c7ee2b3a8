import Crypto

/// Step 1 of the specification: a request in the one form that both ends can derive from it.
package struct CanonicalRequest: Sendable, Hashable {
    /// How the path of the request line becomes the canonical URI.
    package struct PathRule: Sendable, Hashable {
        /// Whether `.`, `..` and empty segments are resolved.
        package var normalizes: Bool
        /// Whether the path of the request line is percent-encoded, once more if it already is.
        package var encodes: Bool

        package init(normalizes: Bool = true, encodes: Bool = true) {
            self.normalizes = normalizes
            self.encodes = encodes
        }

        /// Every service but S3.
        package static let standard = PathRule()
        /// An S3 key may hold `//` and `..`, and is signed as it is sent.
        package static let s3 = PathRule(normalizes: false, encodes: false)
    }

    package var method: String
    package var uri: String
    package var query: String
    /// Lower-case names with their values, sorted by name.
    package var headers: [HeaderField]
    package var payloadHash: String

    init(
        _ request: SignableRequest, signing isSigned: (_ lowercasedName: String) -> Bool, payloadHash: String,
        path rule: PathRule
    ) {
        method = request.method
        uri = Self.uri(request.path, rule)
        query = Self.query(request.query)
        headers = Self.headers(request.headers, signing: isSigned)
        self.payloadHash = payloadHash
    }

    /// `host;x-amz-date`
    package var signedHeaders: String { headers.map(\.name).joined(separator: ";") }

    /// Step 2: the hash that goes into the string to sign.
    package var hash: String { PayloadHash.hex(of: Array(description.utf8)) }
}

extension CanonicalRequest: CustomStringConvertible {
    package var description: String {
        let lines = headers.map { "\($0.name):\($0.value)\n" }.joined()
        return "\(method)\n\(uri)\n\(query)\n\(lines)\n\(signedHeaders)\n\(payloadHash)"
    }
}

extension CanonicalRequest {
    private static func uri(_ path: String, _ rule: PathRule) -> String {
        let path = rule.normalizes ? normalized(path) : path
        let encoded = rule.encodes ? PercentEncoding.encode(path, keepingSlash: true) : path
        return encoded.isEmpty ? "/" : encoded
    }

    /// Removes dot segments as RFC 3986 §5.2.4 does, and empty segments; a trailing slash stays.
    private static func normalized(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": continue
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        let isDirectory = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        return "/" + segments.joined(separator: "/") + (isDirectory && !segments.isEmpty ? "/" : "")
    }

    /// Each name and value encoded, sorted by name and then by value, as bytes.
    private static func query(_ query: String) -> String {
        QueryParameter.parse(query)
            .map { (name: PercentEncoding.encode($0.name), value: PercentEncoding.encode($0.value)) }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }

    /// Values of one name are joined by commas in their order, and white space shrinks to single blanks.
    private static func headers(_ fields: [HeaderField], signing isSigned: (String) -> Bool) -> [HeaderField] {
        var values: [String: [String]] = [:]
        for field in fields {
            let name = field.name.lowercased()
            guard isSigned(name) else { continue }
            let words = field.value.split { $0 == " " || $0.isNewline || $0 == "\t" }
            values[name, default: []].append(words.joined(separator: " "))
        }
        return values.sorted { $0.key < $1.key }.map { HeaderField($0.key, $0.value.joined(separator: ",")) }
    }
}

/// The last line of the canonical request.
package enum PayloadHash: Sendable, Hashable {
    /// The SHA-256 of the body.
    case ofBody
    /// The body may be anything: S3 only, and only over TLS.
    case unsigned

    static let unsignedLiteral = "UNSIGNED-PAYLOAD"

    func value(for body: [UInt8]) -> String {
        switch self {
        case .ofBody: Self.hex(of: body)
        case .unsigned: Self.unsignedLiteral
        }
    }

    /// The SHA-256 of the bytes in lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String { Hex.encode(SHA256.hash(data: bytes)) }
}
