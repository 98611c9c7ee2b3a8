import NIOCore

/// An answer that comes from the balancer and not from a target.
struct OwnAnswer: Sendable, Hashable {
    var status: Int
    var contentType = "text/html"
    var body: String
    /// The value of `Location`.
    var location: String?

    /// The page that says what went wrong.
    init(status: Int) {
        self.status = status
        let title = "\(status) \(Self.reason(of: status))"
        body = """
            <html>
            <head><title>\(title)</title></head>
            <body>
            <center><h1>\(title)</h1></center>
            </body>
            </html>

            """
    }

    init(_ response: FixedResponse) {
        status = response.status
        contentType = response.contentType
        body = response.body
    }

    init(_ redirect: RedirectAction, of request: some RoutableRequest) {
        self.init(status: redirect.isPermanent ? 301 : 302)
        location = redirect.location(for: request)
    }

    /// - Parameter serverName: the value of `Server`.
    /// - Parameter answersHead: the body is announced and left out.
    func write(
        serverName: String, date: HTTPDate, keepsAlive: Bool, answersHead: Bool, to buffer: inout ByteBuffer
    ) {
        buffer.writeString("HTTP/1.1 \(status) \(Self.reason(of: status))\r\n")
        buffer.writeString("Server: \(serverName)\r\nDate: \(date)\r\n")
        if let location { buffer.writeString("Location: \(Self.encoded(location))\r\n") }
        if status != 204, status != 304 {
            if !body.isEmpty { buffer.writeString("Content-Type: \(contentType)\r\n") }
            buffer.writeString("Content-Length: \(body.utf8.count)\r\n")
        }
        buffer.writeString(keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n")
        if !answersHead, status != 204, status != 304 { buffer.writeString(body) }
    }

    /// What the request brought must not end the line it is written to.
    private static func encoded(_ location: String) -> String {
        location.utf8.reduce(into: "") { text, byte in
            if byte > 0x20, byte < 0x7F {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    static func reason(of status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 410: "Gone"
        case 414: "URI Too Long"
        case 418: "I'm a teapot"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Temporarily Unavailable"
        case 504: "Gateway Time-out"
        case 505: "HTTP Version Not Supported"
        default:
            switch status / 100 {
            case 2: "OK"
            case 4: "Client Error"
            case 5: "Server Error"
            default: "Unknown"
            }
        }
    }
}
