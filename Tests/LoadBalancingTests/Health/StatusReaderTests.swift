import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct StatusReaderTests {
    @Test(
        "the status is read once all headers are there",
        arguments: [
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", StatusReader.Reading.status(200)),
            ("HTTP/1.0 404\r\n\r\n", .status(404)),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 X\r\n\r\n", .status(503)),
            ("", .incomplete), ("HTT", .incomplete), ("HTTP/1.1 200 OK\r\nA: b\r\n", .incomplete),
            ("HTTP/1.1 100 Continue\r\n\r\n", .incomplete),
            ("HTTP/2 200\r\n\r\n", .unreadable), ("SSH-2.0-x\r\n", .unreadable), ("HTTP/1.1 20x OK", .unreadable),
            ("HTTP/1.1 2000 OK\r\n\r\n", .unreadable), ("\r\n\r\n", .unreadable),
        ])
    func reads(_ text: String, _ reading: StatusReader.Reading) {
        var whole = StatusReader()
        #expect(whole.read(text.utf8) == reading)
        var piecewise = StatusReader()
        var last = StatusReader.Reading.incomplete
        for byte in text.utf8 where last == .incomplete { last = piecewise.read([byte]) }
        #expect(last == reading)
    }

    @Test("headers without an end are unreadable")
    func endless() {
        var reader = StatusReader()
        let text = "HTTP/1.1 200 OK\r\n" + String(repeating: "a: b\r\n", count: 20_000)
        #expect(reader.read(text.utf8) == .unreadable)
    }
}
