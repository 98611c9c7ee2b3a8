import NIOCore
import NIOEmbedded
import NIOHPACK
import NIOHTTP2
import TestSupport
import Testing

@testable import LoadBalancing

@Suite("A request to a target that speaks HTTP/2", .tags(.small))
struct HTTP2StreamTests {
    /// A request in HTTP/1.1 as it is forwarded, in pieces, and the frames that it becomes: `HEADERS`, `DATA`, each with a
    /// full stop where it is the last.
    struct Request: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var pieces: [String]
        var frames: [String]
    }

    @Test(arguments: [
        Request(
            testDescription: "without a body", pieces: ["GET /a?b=c HTTP/1.1\r\nX-A: 1\r\nHost: shop\r\n\r\n"],
            frames: ["HEADERS :method=GET :scheme=http :path=/a?b=c :authority=shop x-a=1."]),
        Request(
            testDescription: "whose body comes in pieces",
            pieces: ["POST / HTTP/1.1\r\nHost: a\r\nContent-Le", "ngth: 4\r\n\r\nab", "cd"],
            frames: [
                "HEADERS :method=POST :scheme=http :path=/ :authority=a content-length=4", "DATA ab", "DATA cd",
                "DATA .",
            ]),
        Request(
            testDescription: "in chunks",
            pieces: ["PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "0\r\n\r\n"],
            frames: ["HEADERS :method=PUT :scheme=http :path=/ :authority=a", "DATA ab", "DATA ."]),
    ])
    func `is sent in frames`(_ request: Request) throws {
        let channel = EmbeddedChannel(handler: HTTP2Stream(isSecure: false))
        for piece in request.pieces { try channel.writeOutbound(ByteBuffer(string: piece)) }
        var frames: [String] = []
        while let frame = try channel.readOutbound(as: HTTP2Frame.FramePayload.self) { frames.append(frame.words) }
        #expect(frames == request.frames)
    }

    /// The frames of a response, and what the handler that speaks HTTP/1.1 reads.
    struct Response: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = "GET"
        var frames: [HTTP2Frame.FramePayload]
        var text: String
    }

    @Test(arguments: [
        Response(
            testDescription: "of a known length",
            frames: [.head(["content-length": "2"]), .body("hi", isLast: true)],
            text: "HTTP/1.1 200 \r\ncontent-length: 2\r\nConnection: close\r\n\r\nhi"),
        Response(
            testDescription: "whose length is not told",
            frames: [.head([:]), .body("hi", isLast: false), .body("!", isLast: true)],
            text:
                "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n"
        ),
        Response(
            testDescription: "without a body", frames: [.head([:], isLast: true)],
            text: "HTTP/1.1 200 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        Response(
            testDescription: "to a HEAD", method: "HEAD", frames: [.head([:], isLast: true)],
            text: "HTTP/1.1 200 \r\nConnection: close\r\n\r\n"),
        Response(
            testDescription: "with trailers",
            frames: [.head([:]), .body("hi", isLast: false), .trailers],
            text: "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
        Response(
            testDescription: "after an interim one",
            frames: [.head([:], status: "103"), .head(["content-length": "0"], isLast: true)],
            text: "HTTP/1.1 103 \r\n\r\nHTTP/1.1 200 \r\ncontent-length: 0\r\nConnection: close\r\n\r\n"),
    ])
    func `is answered in the words of HTTP 1.1`(_ response: Response) throws {
        let channel = EmbeddedChannel(handler: HTTP2Stream(isSecure: false))
        try channel.writeOutbound(ByteBuffer(string: "\(response.method) / HTTP/1.1\r\nHost: a\r\n\r\n"))
        for frame in response.frames { try channel.writeInbound(frame) }
        var text = ""
        while let bytes = try channel.readInbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        #expect(text == response.text)
    }
}

extension HTTP2Frame.FramePayload {
    fileprivate var words: String {
        switch self {
        case .headers(let headers):
            (["HEADERS"] + headers.headers.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
                + (headers.endStream ? "." : "")
        case .data(let data):
            if case .byteBuffer(let bytes) = data.data {
                "DATA \(String(buffer: bytes))" + (data.endStream ? "." : "")
            } else {
                "DATA of a file"
            }
        default: "\(self)"
        }
    }

    fileprivate static func head(
        _ fields: KeyValuePairs<String, String>, status: String = "200", isLast: Bool = false
    ) -> Self {
        .headers(.init(headers: HPACKHeaders([(":status", status)] + fields.map { ($0, $1) }), endStream: isLast))
    }

    fileprivate static func body(_ text: String, isLast: Bool) -> Self {
        .data(.init(data: .byteBuffer(ByteBuffer(string: text)), endStream: isLast))
    }

    fileprivate static var trailers: Self {
        .headers(.init(headers: HPACKHeaders([("x-sum", "1")]), endStream: true))
    }
}
