import NIOCore

/// What goes out on a connection: small pieces are gathered, so that a head and its body are one write, large ones go
/// as they are, uncopied.
///
/// A class, and always ready to be called before it calls: when a channel writes, it tells at once whether it takes more,
/// and whoever hears that may write again.
final class Outbox {
    /// Up to which size a piece is worth the copy.
    private static let copyLimit = 8 * 1024
    /// A buffer that has grown beyond is let go rather than kept for the next message.
    private static let keepLimit = 32 * 1024

    private var gathered = ByteBuffer()
    private var isHandedOver = false
    private var needsFlush = false

    /// Adds what the closure writes.
    func gather(_ write: (inout ByteBuffer) -> Void) {
        prepare()
        write(&gathered)
        needsFlush = true
    }

    func append(_ data: ByteBuffer, on context: ChannelHandlerContext) {
        if data.readableBytes <= Self.copyLimit {
            prepare()
            gathered.writeImmutableBuffer(data)
        } else {
            handOver(on: context)
            context.write(NIOAny(data), promise: nil)
        }
        needsFlush = true
    }

    /// Adds a chunk of a chunked body (RFC 9112 §7.1).
    func appendChunk(_ data: ByteBuffer, on context: ChannelHandlerContext) {
        gather { buffer in
            buffer.writeString(String(data.readableBytes, radix: 16))
            buffer.writeStaticString("\r\n")
        }
        append(data, on: context)
        gather { $0.writeStaticString("\r\n") }
    }

    /// Adds the end of a chunked body.
    func appendLastChunk(_ trailers: Trailers?) {
        gather { buffer in
            buffer.writeStaticString("0\r\n")
            trailers?.write(to: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }

    func flush(on context: ChannelHandlerContext) {
        guard needsFlush else { return }
        needsFlush = false
        handOver(on: context)
        context.flush()
    }

    private func handOver(on context: ChannelHandlerContext) {
        guard !isHandedOver, gathered.readableBytes > 0 else { return }
        isHandedOver = true
        context.write(NIOAny(gathered), promise: nil)
    }

    /// By now the channel has let go of what it was handed over, most of the time, and the memory serves again.
    private func prepare() {
        guard isHandedOver else { return }
        isHandedOver = false
        if gathered.capacity > Self.keepLimit {
            gathered = ByteBuffer()
        } else {
            gathered.clear()
        }
    }
}
