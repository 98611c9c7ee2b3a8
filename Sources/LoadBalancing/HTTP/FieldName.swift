/// The names of headers that mean something to the balancer.
package enum FieldName: UInt8, Sendable, Hashable {
    case connection, keepAlive, proxyConnection, te, transferEncoding, upgrade
    case contentLength, trailer, host, expect, cookie, setCookie, date, server
    case forwardedFor, forwardedProto, forwardedPort, traceID
    case other

    /// Those that speak of this connection only, and are not passed on (RFC 9110 §7.6.1).
    var isHopByHop: Bool {
        switch self {
        case .connection, .keepAlive, .proxyConnection, .te, .transferEncoding, .upgrade: true
        default: false
        }
    }

    /// Those that may not come after the body, where they would change what is already decided (RFC 9110 §6.5.1).
    var isForbiddenInTrailers: Bool {
        switch self {
        case .trailer, .other, .date, .server: self == .trailer
        default: true
        }
    }

    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        func named(_ lowercase: StaticString, _ name: FieldName) -> FieldName? {
            bytes.isEqual(range, lowercase) ? name : nil
        }
        let name =
            switch range.count {
            case 2: named("te", .te)
            case 4: named("host", .host) ?? named("date", .date)
            case 6: named("cookie", .cookie) ?? named("expect", .expect) ?? named("server", .server)
            case 7: named("upgrade", .upgrade) ?? named("trailer", .trailer)
            case 10:
                named("connection", .connection) ?? named("keep-alive", .keepAlive) ?? named("set-cookie", .setCookie)
            case 14: named("content-length", .contentLength)
            case 15: named("x-forwarded-for", .forwardedFor) ?? named("x-amzn-trace-id", .traceID)
            case 16: named("x-forwarded-port", .forwardedPort) ?? named("proxy-connection", .proxyConnection)
            case 17: named("transfer-encoding", .transferEncoding) ?? named("x-forwarded-proto", .forwardedProto)
            default: FieldName?.none
            }
        self = name ?? .other
    }
}
