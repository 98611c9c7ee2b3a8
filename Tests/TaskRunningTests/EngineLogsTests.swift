import NIOCore
import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.small)) struct EngineLogsTests {
    private func frame(_ text: String, stream: UInt8 = 1) -> [UInt8] {
        var buffer = ByteBuffer(bytes: [stream, 0, 0, 0])
        buffer.writeInteger(UInt32(text.utf8.count))
        buffer.writeString(text)
        return Array(buffer.readableBytesView)
    }

    @Test(arguments: [1, 3, 7, 1000])
    func framesAreTakenApartHoweverTheyArrive(pieceLength: Int) {
        let bytes =
            frame("2026-01-31T12:00:00.250000000Z one\n") + frame("2026-01-31T12:00:01Z two words\n", stream: 2)
            + frame("2026-01-31T12:00:02.5Z \n")
        var logs = EngineLogs()
        var lines: [EngineLogs.Line] = []
        for start in stride(from: 0, to: bytes.count, by: pieceLength) {
            lines += logs.lines(adding: ByteBuffer(bytes: bytes[start..<min(start + pieceLength, bytes.count)]))
        }
        #expect(
            lines == [
                .init(line: "one", time: 1_769_860_800.25), .init(line: "two words", time: 1_769_860_801),
                .init(line: "", time: 1_769_860_802.5),
            ])
    }

    @Test(
        arguments: [
            ("2026-01-31T12:00:00Z", 1_769_860_800), ("2026-01-31T12:00:00.5Z", 1_769_860_800.5),
            ("2026-01-31T14:00:00.5+02:00", 1_769_860_800.5), ("yesterday", nil), ("2026-01-31T12:00:00.x", nil),
        ] as [(Substring, Double?)])
    func aTimeIsInSecondsSince1970(text: Substring, time: Double?) {
        #expect(EngineLogs.time(text) == time)
    }
}
