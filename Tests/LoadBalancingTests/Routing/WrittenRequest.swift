import LoadBalancing
import Testing

/// A request as a test writes it down: `GET http://example.com/path?query`.
struct WrittenRequest: RoutableRequest, CustomTestStringConvertible {
    var method: String
    var scheme: String
    var host: Substring
    var port: Int
    var path: Substring
    var query: Substring
    var peer: IPAddress?
    /// Names in lower case.
    var headers: [(name: String, value: String)]
    var testDescription: String

    init(_ line: String, headers: [(name: String, value: String)] = [], from peer: String = "127.0.0.1") {
        let words = line.split(separator: " ")
        let url = words[words.count - 1]
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let authority = parts[2].split(separator: ":")
        let target = parts[3].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        method = words.count > 1 ? String(words[0]) : "GET"
        scheme = String(parts[0].dropLast())
        host = authority[0]
        port = authority.count > 1 ? Int(authority[1]) ?? 0 : scheme == "https" ? 443 : 80
        path = "/" + target[0]
        query = target.count > 1 ? target[1] : ""
        self.headers = headers
        self.peer = IPAddress(peer)
        testDescription = line
    }

    func headerValues(_ lowercaseName: String) -> [String] {
        headers.filter { $0.name == lowercaseName }.map(\.value)
    }
}
