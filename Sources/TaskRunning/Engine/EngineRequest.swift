import FoundationEssentials
import NIOCore
import NIOHTTP1

/// A request of the Docker Engine API, which Podman understands too.
///
/// The path names no version of the API, so that the engine takes its own.
struct EngineRequest: Sendable {
    var method: HTTPMethod
    var path: String
    var query: [(name: String, value: String)] = []
    /// JSON.
    var body: Data?

    init(_ method: HTTPMethod, _ path: String, query: [(name: String, value: String)] = [], body: Data? = nil) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    var parts: [HTTPClientRequestPart] {
        let body = body.map { HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: $0))) }
        return [.head(head)] + [body].compactMap { $0 } + [.end(nil)]
    }

    private var head: HTTPRequestHead {
        let query = query.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
        var head = HTTPRequestHead(
            version: .http1_1, method: method, uri: query.isEmpty ? path : "\(path)?\(query)",
            headers: ["host": "localhost", "connection": "close"])
        if method == .POST { head.headers.add(name: "content-length", value: String(body?.count ?? 0)) }
        if body != nil { head.headers.add(name: "content-type", value: "application/json") }
        return head
    }

    /// RFC 3986: what is not unreserved is written in hexadecimal.
    static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
