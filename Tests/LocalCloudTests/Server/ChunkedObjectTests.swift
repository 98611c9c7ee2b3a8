import AWSModel
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ChunkedObjectTests {
    @Test(
        "the content of a body in chunks",
        arguments: [
            ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5;chunk-signature=ab12\r\nhello\r\n1;chunk-signature=cd\r\n!\r\n0;chunk-signature=ef\r\n\r\n", "hello!"),
            ("A\r\nover\r\nline\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "over\r\nline"),
        ])
    func content(_ encoded: String, _ expected: String) throws {
        #expect(String(decoding: try ChunkedObject(Array(encoded.utf8)).content, as: UTF8.self) == expected)
    }

    @Test(
        "half a body is refused",
        arguments: [
            "", "5", "5\r\nhell", "5\r\nhello", "5\r\nhello\r\n", "x\r\n\r\n", "-1\r\n\r\n", "5\r\nhello!\r\n0\r\n\r\n",
            "7fffffffffffffff\r\nx\r\n0\r\n\r\n",
        ])
    func malformed(_ encoded: String) {
        #expect(throws: ChunkedObject.Malformed.self) { try ChunkedObject(Array(encoded.utf8)) }
    }

    @Test("the request without its chunks is as if it had been sent so, with the checksum among the headers")
    func request() throws {
        var request = WireRequest(
            method: "PUT", path: "/bucket/key",
            headers: [
                "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "Content-Encoding": "aws-chunked,gzip",
                "x-amz-decoded-content-length": "5", "Content-Length": "99",
            ], body: Array("5\r\nhello\r\n0\r\nx-amz-checksum-crc32: NhCmhg==\r\n\r\n".utf8))
        try request.decodeChunkedObject()
        #expect(request.body == Array("hello".utf8))
        #expect(request.headers["Content-Encoding"] == "gzip")
        #expect(request.headers["Content-Length"] == "5")
        #expect(request.headers["x-amz-checksum-crc32"] == "NhCmhg==")
    }

    @Test("a body that is shorter than it said is refused")
    func length() {
        var request = WireRequest(
            headers: [
                "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-decoded-content-length": "6",
            ], body: Array("5\r\nhello\r\n0\r\n\r\n".utf8))
        #expect(throws: ChunkedObject.Malformed.self) { try request.decodeChunkedObject() }
    }
}
