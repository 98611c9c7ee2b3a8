import NIOCore
import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct ChunkedBodyTests {
    /// A body, and what is read of it: the data in pieces, what is left, or the fault.
    struct Body: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: String
        var outcome: String
    }

    @Test(arguments: [
        Body(testDescription: "two chunks", bytes: "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", outcome: "abc|de|end"),
        Body(testDescription: "nothing", bytes: "0\r\n\r\n", outcome: "end"),
        Body(
            testDescription: "sizes in hexadecimal", bytes: "00b\r\n0123456789a\r\n0\r\n\r\n",
            outcome: "0123456789a|end"),
        Body(testDescription: "an extension", bytes: "1;a=\"b\"\r\nx\r\n0;c\r\n\r\n", outcome: "x|end"),
        Body(
            testDescription: "trailers", bytes: "1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\nrest",
            outcome: "x|end A: b\r\nC: d\r\n|left rest"),
        Body(
            testDescription: "trailers that come too late to mean something",
            bytes: "0\r\nContent-Length: 3\r\nHost: x\r\nA: b\r\n\r\n", outcome: "end A: b\r\n"),
        Body(testDescription: "a chunk that is cut off", bytes: "5\r\nabc", outcome: "abc|more"),
        Body(testDescription: "no size", bytes: "\r\nabc", outcome: "malformedChunk"),
        Body(testDescription: "a signed size", bytes: "+3\r\nabc\r\n", outcome: "malformedChunk"),
        Body(testDescription: "a size with a prefix", bytes: "0x3\r\nabc\r\n", outcome: "malformedChunk"),
        Body(testDescription: "a size that overflows", bytes: "10000000000000000\r\n", outcome: "malformedChunk"),
        Body(testDescription: "a space after the size", bytes: "3 \r\nabc\r\n", outcome: "malformedChunk"),
        Body(testDescription: "a bare LF after the size", bytes: "3\nabc\r\n", outcome: "malformedChunk"),
        Body(testDescription: "a bare LF in an extension", bytes: "3;a\nabc\r\n", outcome: "malformedChunk"),
        Body(testDescription: "a CR without LF after the size", bytes: "3\rabc\r\n", outcome: "malformedChunk"),
        Body(testDescription: "more data than the size says", bytes: "3\r\nabcd\r\n", outcome: "abc|malformedChunk"),
        Body(testDescription: "a bare LF after the data", bytes: "3\r\nabc\n0\r\n\r\n", outcome: "abc|malformedChunk"),
        Body(testDescription: "a bare LF in the trailers", bytes: "0\r\nA: b\n\r\n", outcome: "bareLineFeed"),
        Body(testDescription: "a folded trailer", bytes: "0\r\nA: b\r\n c\r\n\r\n", outcome: "foldedField"),
    ])
    func reads(_ body: Body) {
        #expect(read(body.bytes) == body.outcome)
    }

    @Test func limitsWhatIsNoData() {
        #expect(read("1;" + String(repeating: "a", count: 5000)) == "chunkExtensionTooLong")
        #expect(read("0\r\nA: " + String(repeating: "a", count: 9000)) == "trailersTooLarge")
        #expect(read("0\r\n" + String(repeating: "A: b\r\n", count: 3000)) == "trailersTooLarge")
    }

    private func read(_ bytes: String) -> String {
        var body = ChunkedBody()
        var buffer = ByteBuffer(string: bytes)
        var parts: [String] = []
        do {
            while true {
                switch try body.next(from: &buffer) {
                case .needsMore:
                    return (parts + ["more"]).joined(separator: "|")
                case .data(let data):
                    parts.append(String(buffer: data))
                case .end(let trailers):
                    var written = ByteBuffer()
                    trailers?.write(to: &written)
                    parts.append(trailers == nil ? "end" : "end \(String(buffer: written))")
                    if buffer.readableBytes > 0 { parts.append("left \(String(buffer: buffer))") }
                    return parts.joined(separator: "|")
                }
            }
        } catch {
            return (parts + ["\(error)"]).joined(separator: "|")
        }
    }
}
