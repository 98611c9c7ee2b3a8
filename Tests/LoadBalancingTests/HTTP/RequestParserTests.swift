import LoadBalancing
import NIOCore
import TestSupport
import Testing

/// A request, and what is made of it: a summary of the head, or the fault.
struct ParsedRequest: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: String
    var outcome: Result<String, MessageFault>

    static func accepted(_ description: String, _ bytes: String, as summary: String) -> ParsedRequest {
        ParsedRequest(testDescription: description, bytes: bytes, outcome: .success(summary))
    }

    static func refused(_ description: String, _ bytes: String, _ fault: MessageFault) -> ParsedRequest {
        ParsedRequest(testDescription: description, bytes: bytes, outcome: .failure(fault))
    }
}

@Suite(.tags(.small))
struct RequestParserTests {
    @Test(arguments: [
        ParsedRequest.accepted(
            "an ordinary request", "GET /a/b?c=d HTTP/1.1\r\nHost: x\r\n\r\n", as: "GET x /a/b ?c=d none"),
        .accepted("an empty query", "GET /? HTTP/1.1\r\nHost: x\r\n\r\n", as: "GET x / ? none"),
        .accepted("no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", as: "GET - / none close"),
        .accepted(
            "keep-alive in HTTP/1.0", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", as: "GET - / none"),
        .accepted(
            "close among other options", "GET / HTTP/1.1\r\nHost: x\r\nConnection: foo ,\tClose\r\n\r\n",
            as: "GET x / none close"),
        .accepted("a later minor version", "GET / HTTP/1.7\r\nHost: x\r\n\r\n", as: "GET x / none"),
        .accepted(
            "the absolute form, which says the host itself", "GET http://y:8080/p?q HTTP/1.1\r\nHost: x\r\n\r\n",
            as: "GET y:8080 /p ?q none"),
        .accepted("an absolute form without a path", "GET http://y HTTP/1.1\r\nHost: x\r\n\r\n", as: "GET y / none"),
        .accepted("the asterisk form", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", as: "OPTIONS x * none"),
        .accepted("an unknown method", "BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", as: "BREW x /pot none"),
        .accepted("one empty line before", "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", as: "GET x / none"),
        .accepted(
            "a body of known length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n",
            as: "POST x / length(12)"),
        .accepted(
            "an empty body", "POST / HTTP/1.1\r\nHost: x\r\ncontent-length:0\r\n\r\n", as: "POST x / none"),
        .accepted(
            "a chunked body", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked \r\n\r\n",
            as: "POST x / chunked"),
        .accepted(
            "the encoding that is none", "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
            as: "GET x / none"),
        .accepted("a port in Host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", as: "GET [::1]:80 / none"),
        .accepted("bytes beyond ASCII in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: ü\t!\r\n\r\n", as: "GET x / none"),
    ])
    func reads(_ request: ParsedRequest) {
        #expect(parse(request.bytes) == request.outcome)
    }

    @Test(arguments: [
        ParsedRequest.refused(
            "both lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            .lengthAndTransferEncoding),
        .refused(
            "both, the other way round, with identity",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n\r\n",
            .lengthAndTransferEncoding),
        .refused(
            "the same length twice", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n",
            .repeatedLength),
        .refused("a list of lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\n", .malformedLength),
        .refused("a negative length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", .malformedLength),
        .refused("a signed length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", .malformedLength),
        .refused(
            "a length in hexadecimal", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x3\r\n\r\n", .malformedLength),
        .refused("no length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n", .malformedLength),
        .refused(
            "a length that overflows", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551619\r\n\r\n",
            .malformedLength),
        .refused(
            "two encodings", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            .unsupportedTransferEncoding),
        .refused(
            "chunked twice",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            .repeatedTransferEncoding),
        .refused(
            "almost chunked", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
            .unsupportedTransferEncoding),
        .refused(
            "chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .unsupportedTransferEncoding
        ),
        .refused("a folded field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", .foldedField),
        .refused("a space before the first field", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", .foldedField),
        .refused("a space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", .malformedFieldName),
        .refused("no colon", "GET / HTTP/1.1\r\nHost: x\r\nabc\r\n\r\n", .malformedFieldName),
        .refused("no name", "GET / HTTP/1.1\r\nHost: x\r\n: abc\r\n\r\n", .malformedFieldName),
        .refused("a name beyond ASCII", "GET / HTTP/1.1\r\nHost: x\r\nä: b\r\n\r\n", .malformedFieldName),
        .refused("NUL in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", .malformedFieldValue),
        .refused("a bare CR in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", .malformedFieldValue),
        .refused("a bare LF after a value", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", .bareLineFeed),
        .refused("bare LFs only", "GET / HTTP/1.1\nHost: x\n\n", .bareLineFeed),
        .refused("no Host", "GET / HTTP/1.1\r\n\r\n", .missingHost),
        .refused("two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", .repeatedHost),
        .refused("a path in Host", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", .malformedHost),
        .refused("a user in Host", "GET / HTTP/1.1\r\nHost: u@x\r\n\r\n", .malformedHost),
        .refused("two spaces in the request line", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("a space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("a fragment in the target", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("a target that is no path", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("no method", " / HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("a method that is no token", "G@T / HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("no version", "GET /\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("the version in lowercase", "GET / http/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
        .refused("HTTP/2", "PRI * HTTP/2.0\r\n\r\n", .unsupportedVersion),
        .refused("the start of TLS", "\u{16}\u{3}\u{1}\u{2}", .malformedRequestLine),
        .refused("two empty lines before", "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", .malformedRequestLine),
    ])
    func refuses(_ request: ParsedRequest) {
        #expect(parse(request.bytes) == request.outcome)
    }

    @Test func refusesWhatIsTooLargeAsSoonAsThatIsCertain() {
        let limits = MessageLimits(firstLine: 20, field: 30, head: 60)
        func outcome(_ bytes: String) -> Result<String, MessageFault>? { parse(bytes, limits: limits) }
        #expect(outcome("GET /" + String(repeating: "a", count: 20)) == .failure(.firstLineTooLong))
        #expect(outcome("GET / HTTP/1.1\r\nA: " + String(repeating: "a", count: 30)) == .failure(.fieldTooLong))
        #expect(
            outcome("GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: bcdefg\r\n", count: 5))
                == .failure(.headTooLarge))
        #expect(outcome("GET / HTTP/1.1\r\nHost: x\r\n\r\n") == .success("GET x / none"))
        #expect(outcome("GET / HTTP/1.1\r\nHost: x\r\n") == nil)
    }

    @Test func answersEachFaultWithAStatus() {
        #expect(MessageFault.firstLineTooLong.status == 414)
        #expect(MessageFault.unsupportedTransferEncoding.status == 501)
        #expect(MessageFault.unsupportedVersion.status == 505)
        let rest = MessageFault.allCases.filter { ![414, 501, 505].contains($0.status) }
        #expect(rest.count == MessageFault.allCases.count - 3)
        #expect(rest.allSatisfy { $0.status == 400 })
    }

    @Test func leavesWhatComesAfterTheHead() throws {
        var buffer = ByteBuffer(string: "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\nrest")
        var parser = RequestParser()
        #expect(try parser.next(from: &buffer)?.summary == "GET x /1 none")
        #expect(try parser.next(from: &buffer)?.summary == "GET x /2 none")
        #expect(String(buffer: buffer) == "rest")
    }

    private func parse(_ bytes: String, limits: MessageLimits = MessageLimits()) -> Result<String, MessageFault>? {
        var parser = RequestParser(limits: limits)
        var buffer = ByteBuffer(string: bytes)
        do throws(MessageFault) {
            return try parser.next(from: &buffer).map { .success($0.summary) }
        } catch {
            return .failure(error)
        }
    }
}

extension RequestHead {
    /// Method, authority, path, query, framing, and whether the connection closes.
    var summary: String {
        let request = RoutedRequest(self, from: Peer(nil), isSecure: false, port: 80)
        let authority = authority.map { range in
            String(
                bytes.readableBytesView.dropFirst(range.lowerBound).prefix(range.count).map {
                    Character(UnicodeScalar($0))
                })
        }
        var words = [request.method, authority ?? "-", String(request.path)]
        if target.query != nil { words.append("?" + request.query) }
        words.append("\(framing)")
        if !keepsAlive { words.append("close") }
        return words.joined(separator: " ")
    }
}
