import NIOCore
import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct ForwardedResponseTests {
    private func forwarded(
        _ response: String, to version: HTTPVersion = .http11, keepsAlive: Bool = true, cookies: [ResponseCookie] = []
    ) throws -> [String] {
        var parser = ResponseParser()
        var buffer = ByteBuffer(string: response)
        let head = try #require(try parser.next(from: &buffer, answersHead: false))
        var written = ByteBuffer()
        ForwardedResponse(
            head: head, framing: ResponseFraming(head, to: version), keepsAlive: keepsAlive, cookies: cookies
        ).write(to: &written)
        let lines = String(buffer: written).split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.suffix(2) == ["", ""])
        return lines.dropLast(2)
    }

    @Test func passesOnWhatTheTargetSent() throws {
        let lines = try forwarded(
            "HTTP/1.0 200 Fine\r\nServer: s\r\nConnection: close, X-A\r\nKeep-Alive: 3\r\nX-A: 1\r\nContent-Length: 2\r\n\r\n"
        )
        #expect(lines == ["HTTP/1.1 200 Fine", "Server: s", "Content-Length: 2", "Connection: keep-alive"])
    }

    @Test func tellsEachClientInItsWayWhereTheBodyEnds() throws {
        for response in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"] {
            #expect(
                try forwarded(response) == [
                    "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Connection: keep-alive",
                ])
            #expect(
                try forwarded(response, to: .http10, keepsAlive: false) == ["HTTP/1.1 200 OK", "Connection: close"])
        }
    }

    @Test func announcesNothingForInterimResponses() throws {
        #expect(
            try forwarded("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n") == ["HTTP/1.1 103 Early Hints", "Link: a"])
        #expect(
            try forwarded("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n") == [
                "HTTP/1.1 101 Switching", "Connection: Upgrade", "Upgrade: websocket",
            ])
    }
}
