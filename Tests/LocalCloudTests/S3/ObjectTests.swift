import AWSModel
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ObjectTests {
    /// The MD5 sum of `hello`.
    private static let tag = "\"5d41402abc4b2a76b9719d911017c592\""

    @Test("an object comes back as it was put, with what was said of it, after a restart too")
    func roundTrip() throws {
        var s3 = ObjectStage()
        let put = s3(
            "PUT box/a%20dir/state.json",
            ["Content-Type: application/json", "x-amz-meta-owner: me", "Cache-Control: no-store", "X-Other: no"],
            body: "hello")
        #expect(put.status == 200 && put.headers["ETag"] == Self.tag)
        try s3.stage.restart()
        let got = s3("GET box/a%20dir/state.json")
        #expect(got.text == "hello")
        #expect(got.headers["ETag"] == Self.tag)
        #expect(got.headers["Content-Type"] == "application/json")
        #expect(got.headers["x-amz-meta-owner"] == "me")
        #expect(got.headers["Cache-Control"] == "no-store")
        #expect(got.headers["X-Other"] == nil)
        #expect(got.headers["Last-Modified"] == "Tue, 14 Nov 2023 22:13:20 GMT")
        let head = s3("HEAD box/a%20dir/state.json")
        #expect(head.body.isEmpty && head.headers["Content-Length"] == "5")
        #expect(
            s3("GET box/a%20dir/state.json?response-content-type=text/plain").headers["Content-Type"] == "text/plain")
    }

    @Test(
        "the bucket stands in the path or in the name of the host",
        arguments: [
            ("127.0.0.1:4566", "box/k"), ("localhost:4566", "box/k"), ("box.localhost:4566", "k"),
            ("box.s3.localhost", "k"),
            ("box.s3.local-1.amazonaws.com", "k"), ("s3.local-1.amazonaws.com", "box/k"),
            ("s3.localhost:4566", "box/k"),
        ])
    func hosts(_ host: String, _ path: String) {
        var s3 = ObjectStage()
        s3("PUT \(path)", body: "hello", host: host)
        #expect(s3("GET box/k").text == "hello")
        #expect(s3("GET \(path)", host: host).text == "hello")
    }

    struct Conditional: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request: String
        var headers: [String]
        var outcome: String

        init(_ request: String, _ headers: [String], _ outcome: String) {
            testDescription = "\(request), \(headers.joined(separator: ", ")): \(outcome)"
            self.request = request
            self.headers = headers
            self.outcome = outcome
        }
    }

    /// `there` is an object of Tuesday, 14 November 2023, 22:13:20; `none` is none.
    @Test(arguments: [
        Conditional("PUT box/there", ["If-None-Match: *"], "412 PreconditionFailed"),
        Conditional("PUT box/none", ["If-None-Match: *"], "200"),
        Conditional("PUT box/none", ["If-None-Match: \(tag)"], "501 NotImplemented"),
        Conditional("PUT box/there", ["If-Match: \(tag)"], "200"),
        Conditional("PUT box/there", ["If-Match: 5d41402abc4b2a76b9719d911017c592"], "200"),
        Conditional("PUT box/there", ["If-Match: \"other\""], "412 PreconditionFailed"),
        Conditional("PUT box/none", ["If-Match: \(tag)"], "404 NoSuchKey"),
        Conditional("DELETE box/there", ["If-Match: \(tag)"], "204"),
        Conditional("DELETE box/there", ["If-Match: *"], "204"),
        Conditional("DELETE box/there", ["If-Match: \"other\""], "412 PreconditionFailed"),
        Conditional("DELETE box/none", ["If-Match: \(tag)"], "404 NoSuchKey"),
        Conditional("DELETE box/none", ["If-Match: *"], "412 PreconditionFailed"),
        Conditional("DELETE box/none", [], "204"),
        Conditional("GET box/there", ["If-Match: \(tag)"], "200"),
        Conditional("GET box/there", ["If-Match: \"other\""], "412 PreconditionFailed"),
        Conditional("GET box/there", ["If-None-Match: \(tag)"], "304"),
        Conditional("GET box/there", ["If-None-Match: \"other\", \"more\""], "200"),
        Conditional("HEAD box/there", ["If-None-Match: *"], "304"),
        Conditional("GET box/there", ["If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT"], "304"),
        Conditional("GET box/there", ["If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT"], "200"),
        Conditional("GET box/there", ["If-Unmodified-Since: Tue, 14 Nov 2023 22:13:20 GMT"], "200"),
        Conditional(
            "GET box/there", ["If-Unmodified-Since: Tue, 14 Nov 2023 22:13:19 GMT"], "412 PreconditionFailed"),
        Conditional(
            "GET box/there", ["If-Match: \(tag)", "If-Unmodified-Since: Tue, 14 Nov 2023 22:13:19 GMT"], "200"),
        Conditional(
            "GET box/there", ["If-None-Match: \"other\"", "If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT"], "200"),
        Conditional("GET box/none", ["If-None-Match: *"], "404 NoSuchKey"),
    ])
    func conditions(_ conditional: Conditional) {
        var s3 = ObjectStage()
        s3("PUT box/there", body: "hello")
        let before = s3.stage.world.objects["box", "there"]?.tag
        let answer = s3(conditional.request, conditional.headers, body: "changed")
        #expect(answer.outcome == conditional.outcome)
        if answer.status >= 300 { #expect(s3.stage.world.objects["box", "there"]?.tag == before) }
    }

    @Test(arguments: [
        ("bytes=0-4", "206", "01234", "bytes 0-4/10"), ("bytes=5-", "206", "56789", "bytes 5-9/10"),
        ("bytes=-3", "206", "789", "bytes 7-9/10"), ("bytes=8-99", "206", "89", "bytes 8-9/10"),
        ("bytes=-99", "206", "0123456789", "bytes 0-9/10"), ("bytes=0-1,3-4", "200", "0123456789", nil),
        ("bytes=4-2", "200", "0123456789", nil), ("lines=1-2", "200", "0123456789", nil),
        ("bytes=1-x", "200", "0123456789", nil),
    ])
    func ranges(_ range: String, _ status: String, _ body: String, _ contentRange: String?) {
        var s3 = ObjectStage()
        s3("PUT box/k", body: "0123456789")
        let answer = s3("GET box/k", ["Range: \(range)"])
        #expect(answer.outcome == status && answer.text == body && answer.headers["Content-Range"] == contentRange)
    }

    @Test("a part that is not there is refused")
    func unsatisfiable() {
        var s3 = ObjectStage()
        s3("PUT box/k", body: "0123456789")
        #expect(s3("GET box/k", ["Range: bytes=10-"]).outcome == "416 InvalidRange")
        #expect(s3("GET box/k", ["Range: bytes=-0"]).outcome == "416 InvalidRange")
    }

    /// The check values of the algorithms are those of the nine digits.
    @Test(arguments: [
        (ObjectChecksum.crc32, "y/Q5Jg=="), (.crc32c, "4waSgw=="), (.crc64nvme, "rosUhgp5mIg="),
        (.sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="), (.sha256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
    ])
    func checksums(_ checksum: ObjectChecksum, _ expected: String) {
        #expect(checksum.value(of: Array("123456789".utf8)) == expected)
    }

    @Test("a checksum is checked, and comes back where that is asked for")
    func checksumHeaders() {
        var s3 = ObjectStage()
        let put = s3("PUT box/k", ["x-amz-checksum-crc32: y/Q5Jg=="], body: "123456789")
        #expect(put.headers["x-amz-checksum-crc32"] == "y/Q5Jg==")
        #expect(s3("GET box/k").headers["x-amz-checksum-crc32"] == nil)
        #expect(s3("GET box/k", ["x-amz-checksum-mode: ENABLED"]).headers["x-amz-checksum-crc32"] == "y/Q5Jg==")
        #expect(s3("PUT box/k", ["x-amz-checksum-crc32: AAAAAA=="], body: "1").outcome == "400 BadDigest")
        #expect(s3("PUT box/k", ["Content-MD5: AAAA"], body: "1").outcome == "400 BadDigest")
        #expect(s3("GET box/k").text == "123456789")
    }

    @Test(arguments: [
        ("GET box/none", "404 NoSuchKey"), ("HEAD box/none", "404"), ("GET none/k", "404 NoSuchBucket"),
        ("PUT none/k", "404 NoSuchBucket"), ("POST box/k", "405 MethodNotAllowed"),
        ("POST box/k?uploads", "501 NotImplemented"),
        ("PUT box/k?partNumber=1&uploadId=x", "501 NotImplemented"), ("GET box/k?tagging", "501 NotImplemented"),
        ("GET box/k?versionId=null", "404 NoSuchKey"), ("GET box/k?versionId=v", "400 InvalidArgument"),
        ("PUT box/\(String(repeating: "k", count: 1025))", "400 KeyTooLongError"), ("DELETE ", "405 MethodNotAllowed"),
    ])
    func aRequestIsRefused(_ request: String, _ outcome: String) {
        var s3 = ObjectStage()
        #expect(s3(request).outcome == outcome)
    }

    @Test("what is asked for beside and cannot be done is refused rather than passed over")
    func refusedHeaders() {
        var s3 = ObjectStage()
        #expect(s3("PUT box/k", ["x-amz-copy-source: /box/other"]).outcome == "501 NotImplemented")
        #expect(s3("PUT box/k", ["x-amz-tagging: a=1"]).outcome == "501 NotImplemented")
        let metadata = "x-amz-meta-a: \(String(repeating: "x", count: 2048))"
        #expect(s3("PUT box/k", [metadata]).outcome == "400 MetadataTooLarge")
    }
}
