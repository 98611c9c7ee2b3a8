import TestSupport
import Testing

@testable import Fuzzing

/// Messages that are bent and broken at random, and cut into pieces at random: the parsers come to the same result
/// however they are cut, and never end the program.
@Suite(.tags(.small))
struct ParserFuzzTests {
    private static let casesPerSeed = 100

    private static let requests = [
        "GET /a/b?c=d HTTP/1.1\r\nHost: example.com\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;e=f\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nA: b\r\n\r\n",
        "\r\nPUT http://h:80/p HTTP/1.1\r\nHost: h\r\nConnection: close, x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n1",
        "GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: a=b; c=d\r\n\r\n\u{81}\u{5}",
    ]

    private static let responses = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: s\r\n\r\nhelloHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 Not Found\r\nSet-Cookie: a=b\r\n\r\nbody",
    ]

    private static let tokens = [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", ",", ";", "0", "-1", "ffffffffffffffff", "chunked",
        "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n", "Host: y\r\n", "HTTP/1.1", "\u{FF}", "\r\n\r\n",
    ]

    @Test(arguments: UInt64(0)..<150)
    func requestsMeanTheSameHoweverTheyAreCut(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Self.casesPerSeed {
            let bytes = bent(Self.requests, using: &generator)
            var whole = RequestReading()
            whole.receive(bytes)
            var pieces = RequestReading()
            for piece in cut(bytes, using: &generator) { pieces.receive(piece) }
            if whole.outcome != pieces.outcome {
                Issue.record("\(String(decoding: bytes, as: UTF8.self).debugDescription)")
            }
        }
    }

    @Test(arguments: UInt64(0)..<150)
    func responsesMeanTheSameHoweverTheyAreCut(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Self.casesPerSeed {
            let bytes = bent(Self.responses, using: &generator)
            var whole = ResponseReading()
            whole.receive(bytes)
            var pieces = ResponseReading()
            for piece in cut(bytes, using: &generator) { pieces.receive(piece) }
            if whole.outcome != pieces.outcome {
                Issue.record("\(String(decoding: bytes, as: UTF8.self).debugDescription)")
            }
        }
    }

    private func bent(_ seeds: [String], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array((seeds.randomElement(using: &generator) ?? "").utf8)
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            let position = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0 where position < bytes.count:
                bytes[position] = UInt8.random(in: .min ... .max, using: &generator)
            case 1 where position < bytes.count:
                bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 1...9, using: &generator)))
            case 2:
                let end = min(bytes.count, position + Int.random(in: 1...40, using: &generator))
                bytes.insert(contentsOf: bytes[position..<end], at: position)
            default:
                bytes.insert(contentsOf: (Self.tokens.randomElement(using: &generator) ?? "").utf8, at: position)
            }
        }
        return bytes
    }

    private func cut(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [ArraySlice<UInt8>] {
        let largest = Bool.random(using: &generator) ? 1 : 30
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...largest, using: &generator))
            pieces.append(piece)
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }
}
