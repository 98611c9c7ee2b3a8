import NIOCore

/// A request as its target receives it: the head that came, without what concerns the client's connection only, and
/// with what tells the target who asked.
struct ForwardedRequest: Sendable {
    var head: RequestHead
    var peer: Peer
    var target: Target
    var isSecure: Bool
    /// Of the listener.
    var port: Int
    var settings: ConnectionSettings
    var traceID: TraceID
    var isUpgrade: Bool

    /// Writes the whole head. Lines that are passed on are copied in runs, as they came.
    func write(to buffer: inout ByteBuffer) {
        let bytes = head.bytes.readableBytesSpan
        writeRequestLine(bytes, to: &buffer)
        var run = head.fields.first?.line.lowerBound ?? 0
        for field in head.fields where !isPassedOn(field) {
            buffer.writeBytes(bytes.extracting(run..<field.line.lowerBound))
            run = field.line.upperBound
        }
        if let last = head.fields.last { buffer.writeBytes(bytes.extracting(run..<last.line.upperBound)) }
        writeAuthority(bytes, to: &buffer)
        writeForwardedFields(to: &buffer)
        traceID.writeLine(after: value(of: .traceID), to: &buffer)
        if head.framing == .chunked { buffer.writeStaticString("Transfer-Encoding: chunked\r\n") }
        if isUpgrade { writeUpgrade(to: &buffer) }
        buffer.writeStaticString("\r\n")
    }

    private func writeRequestLine(_ bytes: RawSpan, to buffer: inout ByteBuffer) {
        buffer.writeBytes(bytes.extracting(head.methodRange))
        buffer.writeInteger(UInt8.space)
        if head.target.authority != nil, head.target.path.isEmpty { buffer.writeInteger(UInt8.slash) }
        buffer.writeBytes(bytes.extracting(head.target.pathAndQuery))
        buffer.writeStaticString(" HTTP/1.1\r\n")
    }

    private func isPassedOn(_ field: HeaderField) -> Bool {
        switch field.name {
        case .forwardedProto, .forwardedPort, .traceID: return false
        case .forwardedFor where settings.forwardedHeaders != .preserve: return false
        case .host where head.target.authority != nil: return false
        case .expect where head.framing == .none: return false
        default: break
        }
        if field.name.isHopByHop || (settings.dropsInvalidHeaders && !field.hasPlainName) { return false }
        guard head.connection.contains(.namesFields) else { return true }
        return field.name.isEssential || !ConnectionOptions.name(field, head.bytes.readableBytesUInt8Span, head.fields)
    }

    /// The absolute form says itself which host is meant, whatever `Host` says (RFC 9112 §3.2.2). A request of HTTP/1.0
    /// that names none goes on as one of HTTP/1.1, which has to.
    private func writeAuthority(_ bytes: RawSpan, to buffer: inout ByteBuffer) {
        if let authority = head.target.authority {
            buffer.writeStaticString("Host: ")
            buffer.writeBytes(bytes.extracting(authority))
            buffer.writeStaticString("\r\n")
        } else if head.authority == nil {
            buffer.writeString("Host: \(target.address):\(target.port)\r\n")
        }
    }

    private func writeForwardedFields(to buffer: inout ByteBuffer) {
        if settings.forwardedHeaders == .append {
            buffer.writeStaticString("X-Forwarded-For: ")
            for field in head.fields where field.name == .forwardedFor && !field.value.isEmpty {
                buffer.writeBytes(head.bytes.readableBytesSpan.extracting(field.value))
                buffer.writeStaticString(", ")
            }
            buffer.writeString(settings.tellsClientPort ? peer.addressAndPort : peer.address)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString(isSecure ? "X-Forwarded-Proto: https\r\n" : "X-Forwarded-Proto: http\r\n")
        buffer.writeStaticString("X-Forwarded-Port: ")
        buffer.writeString(String(port))
        buffer.writeStaticString("\r\n")
    }

    private func writeUpgrade(to buffer: inout ByteBuffer) {
        buffer.writeStaticString("Connection: Upgrade\r\n")
        for field in head.fields where field.name == .upgrade {
            buffer.writeBytes(head.bytes.readableBytesSpan.extracting(field.line))
        }
    }

    private func value(of name: FieldName) -> String? {
        head.fields.first { $0.name == name }.map { head.bytes.text($0.value) }
    }
}

extension FieldName {
    /// Those without which a message means something else, so that no `Connection` may take them away.
    var isEssential: Bool { self == .host || self == .contentLength }
}
