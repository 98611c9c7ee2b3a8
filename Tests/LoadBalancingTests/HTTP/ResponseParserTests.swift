import LoadBalancing
import NIOCore
import TestSupport
import Testing

@Suite(.tags(.small))
struct ResponseParserTests {
    struct Response: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: String
        var answersHead = false
        /// Status, framing, and whether the connection may be used again; or the fault.
        var outcome: String
    }

    @Test(arguments: [
        Response(
            testDescription: "a length", bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
            outcome: "200 length(5) open"),
        Response(
            testDescription: "chunks", bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            outcome: "200 chunked open"),
        Response(testDescription: "neither", bytes: "HTTP/1.1 200 OK\r\n\r\n", outcome: "200 untilClose closed"),
        Response(
            testDescription: "no reason", bytes: "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", outcome: "404 none open"),
        Response(
            testDescription: "an empty reason", bytes: "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n",
            outcome: "404 none open"),
        Response(
            testDescription: "the answer to HEAD", bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
            answersHead: true, outcome: "200 none open"),
        Response(testDescription: "204", bytes: "HTTP/1.1 204 No Content\r\n\r\n", outcome: "204 none open"),
        Response(
            testDescription: "304 with a length", bytes: "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
            outcome: "304 none open"),
        Response(
            testDescription: "an interim response", bytes: "HTTP/1.1 100 Continue\r\n\r\n", outcome: "100 none open"),
        Response(
            testDescription: "HTTP/1.0", bytes: "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n",
            outcome: "200 length(5) closed"),
        Response(
            testDescription: "a connection that closes",
            bytes: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", outcome: "200 none closed"),
        Response(
            testDescription: "both lengths",
            bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            outcome: "lengthAndTransferEncoding"),
        Response(
            testDescription: "two lengths", bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            outcome: "repeatedLength"),
        Response(testDescription: "no HTTP", bytes: "SSH-2.0-OpenSSH_9.2\r\n\r\n", outcome: "malformedStatusLine"),
        Response(
            testDescription: "a status of two digits", bytes: "HTTP/1.1 20 OK\r\n\r\n", outcome: "malformedStatusLine"),
        Response(
            testDescription: "a status of four digits", bytes: "HTTP/1.1 2000 OK\r\n\r\n",
            outcome: "malformedStatusLine"),
        Response(
            testDescription: "a status below 100", bytes: "HTTP/1.1 099 OK\r\n\r\n", outcome: "malformedStatusLine"),
        Response(
            testDescription: "a bare LF", bytes: "HTTP/1.1 200 OK\nContent-Length: 5\r\n\r\n", outcome: "bareLineFeed"),
        Response(testDescription: "HTTP/2", bytes: "HTTP/2.0 200 OK\r\n\r\n", outcome: "unsupportedVersion"),
    ])
    func reads(_ response: Response) {
        var parser = ResponseParser()
        var buffer = ByteBuffer(string: response.bytes)
        do {
            let head = try parser.next(from: &buffer, answersHead: response.answersHead)
            let summary = head.map { "\($0.status) \($0.framing) \($0.keepsAlive ? "open" : "closed")" }
            #expect(summary == response.outcome)
        } catch {
            #expect("\(error)" == response.outcome)
        }
    }
}
