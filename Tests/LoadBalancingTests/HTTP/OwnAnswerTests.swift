import NIOCore
import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct OwnAnswerTests {
    private func text(_ answer: OwnAnswer, keepsAlive: Bool = true, answersHead: Bool = false) -> String {
        var buffer = ByteBuffer()
        answer.write(
            serverName: "lb", date: HTTPDate(secondsSince1970: 0), keepsAlive: keepsAlive, answersHead: answersHead,
            to: &buffer)
        return String(buffer: buffer)
    }

    @Test func saysWhatWentWrong() {
        let page = text(OwnAnswer(status: 503), keepsAlive: false)
        #expect(
            page.hasPrefix(
                "HTTP/1.1 503 Service Temporarily Unavailable\r\nServer: lb\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n")
        )
        #expect(page.contains("\r\nContent-Type: text/html\r\n"))
        #expect(page.contains("\r\nConnection: close\r\n\r\n<html>"))
        #expect(page.contains("<h1>503 Service Temporarily Unavailable</h1>"))
    }

    @Test func announcesTheBodyThatItLeavesOut() {
        let answer = OwnAnswer(FixedResponse(status: 404, contentType: "application/json", body: "{}"))
        #expect(text(answer, answersHead: true).hasSuffix("Content-Length: 2\r\nConnection: keep-alive\r\n\r\n"))
        #expect(text(answer).hasSuffix("Content-Length: 2\r\nConnection: keep-alive\r\n\r\n{}"))
        let empty = OwnAnswer(FixedResponse(status: 204, body: "ignored"))
        #expect(!text(empty).contains("Content-Length"))
        #expect(text(empty).hasSuffix("\r\n\r\n"))
    }

    @Test func redirectsToWhatTheRequestSaysWithoutLettingItWriteHeaders() throws {
        var parser = RequestParser()
        var buffer = ByteBuffer(string: "GET /a?b=ü HTTP/1.1\r\nHost: x\r\n\r\n")
        let head = try #require(try parser.next(from: &buffer))
        let request = RoutedRequest(head, from: Peer(nil), isSecure: false, port: 80)
        let answer = OwnAnswer(RedirectAction(isPermanent: true, scheme: "https", port: "443"), of: request)
        #expect(text(answer).hasPrefix("HTTP/1.1 301 Moved Permanently\r\n"))
        #expect(text(answer).contains("\r\nLocation: https://x:443/a?b=%C3%BC\r\n"))
    }
}
