import NIOCore

/// The header by which a request is followed from one program to the next: `Root=1-67891233-abcdef012345678912345678`.
///
/// A request without one is given a root; one that has a root is given a `Self` in front of it, in place of any
/// other, and keeps what else is there.
struct TraceID: Sendable, Hashable {
    /// What is longer is not taken over.
    private static let maximumLength = 7 * 1024

    private let seconds: UInt32
    private let high: UInt32
    private let low: UInt64

    /// - Parameter seconds: since 1970.
    init(seconds: Int, using generator: inout some RandomNumberGenerator) {
        self.seconds = UInt32(truncatingIfNeeded: seconds)
        high = UInt32.random(in: .min ... .max, using: &generator)
        low = UInt64.random(in: .min ... .max, using: &generator)
    }

    /// Writes the line for a request that brought this value, or none.
    func writeLine(after received: String?, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("X-Amzn-Trace-Id: ")
        let kept = received.map(Self.withoutSelf) ?? []
        let hasRoot = kept.contains { $0.hasPrefix("Root=") }
        buffer.writeString(hasRoot ? "Self=1-" : "Root=1-")
        writeHexadecimal(UInt64(seconds), digits: 8, to: &buffer)
        buffer.writeInteger(UInt8(ascii: "-"))
        writeHexadecimal(UInt64(high), digits: 8, to: &buffer)
        writeHexadecimal(low, digits: 16, to: &buffer)
        for part in kept {
            buffer.writeInteger(UInt8.semicolon)
            buffer.writeSubstring(part)
        }
        buffer.writeStaticString("\r\n")
    }

    private static func withoutSelf(_ received: String) -> [Substring] {
        guard received.utf8.count <= maximumLength else { return [] }
        return received.split(separator: ";").filter { !$0.hasPrefix("Self=") }
    }

    private func writeHexadecimal(_ number: UInt64, digits: Int, to buffer: inout ByteBuffer) {
        for shift in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 0xF
            buffer.writeInteger(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }
}
