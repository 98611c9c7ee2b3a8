import NIOCore

/// A response as the client receives it: the head that came, without what concerns the target's connection only.
struct ForwardedResponse: Sendable {
    var head: ResponseHead
    /// How the client is told where the body ends.
    var framing: ResponseFraming
    var keepsAlive: Bool
    /// Values of `Set-Cookie` to be added.
    var cookies: [ResponseCookie] = []

    func write(to buffer: inout ByteBuffer) {
        let bytes = head.bytes.readableBytesSpan
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeBytes(bytes.extracting(head.statusRange))
        buffer.writeStaticString("\r\n")
        var run = head.fields.first?.line.lowerBound ?? 0
        for field in head.fields where !isPassedOn(field) {
            buffer.writeBytes(bytes.extracting(run..<field.line.lowerBound))
            run = field.line.upperBound
        }
        if let last = head.fields.last { buffer.writeBytes(bytes.extracting(run..<last.line.upperBound)) }
        for cookie in cookies where cookie.companion.map(setsCookie) ?? true {
            buffer.writeStaticString("Set-Cookie: ")
            buffer.writeString(cookie.header)
            buffer.writeStaticString("\r\n")
        }
        writeConnection(to: &buffer)
    }

    private func isPassedOn(_ field: HeaderField) -> Bool {
        if field.name.isHopByHop { return false }
        guard head.connection.contains(.namesFields), !field.name.isEssential else { return true }
        return !ConnectionOptions.name(field, head.bytes.readableBytesUInt8Span, head.fields)
    }

    private func writeConnection(to buffer: inout ByteBuffer) {
        if framing == .chunked { buffer.writeStaticString("Transfer-Encoding: chunked\r\n") }
        switch framing {
        case .interim:
            buffer.writeStaticString("\r\n")
        case .upgrade:
            buffer.writeStaticString("Connection: Upgrade\r\n")
            for field in head.fields where field.name == .upgrade {
                buffer.writeBytes(head.bytes.readableBytesSpan.extracting(field.line))
            }
            buffer.writeStaticString("\r\n")
        case .asAnnounced, .chunked, .untilClose:
            buffer.writeStaticString(keepsAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n")
        }
    }

    private func setsCookie(_ name: String) -> Bool {
        head.fields.contains { field in
            guard field.name == .setCookie else { return false }
            return head.bytes.text(field.value).hasPrefix(name + "=")
        }
    }
}

/// How a client is told where the body of a response ends.
enum ResponseFraming: Sendable, Hashable {
    /// By the length the target announced, or by there being none.
    case asAnnounced
    case chunked
    /// To clients of HTTP/1.0 there is no other way where the length is not known beforehand.
    case untilClose
    /// Another response follows.
    case interim
    /// What follows is no longer HTTP.
    case upgrade

    init(_ head: ResponseHead, to version: HTTPVersion) {
        self =
            switch head.framing {
            case _ where head.status == 101: .upgrade
            case _ where head.isInterim: .interim
            case .none, .length: .asAnnounced
            case .chunked, .untilClose: version == .http11 ? .chunked : .untilClose
            }
    }
}
