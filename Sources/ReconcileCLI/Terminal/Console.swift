import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the program writes. Results go to standard output; progress, questions and diagnostics to standard error.
package struct Console: Sendable {
    package enum Stream: Int32, Sendable {
        case output = 1
        case error = 2
    }

    private static let order = Mutex(())

    /// Lets a write to a pipe that nobody reads fail, in place of ending the process in the middle of an apply.
    package static func outliveClosedPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    package static func write(_ text: String, to stream: Stream = .output) {
        let bytes = Array(text.utf8)
        order.withLock { _ in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes { systemWrite(stream.rawValue, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return }  // nobody reads any more
                sent += count
            }
        }
    }

    package static func line(_ text: String, to stream: Stream = .output) {
        write(text + "\n", to: stream)
    }

    /// Lines broken between words where a terminal is narrower.
    package static func prose(_ text: String, to stream: Stream = .output) {
        line(text.wrapped(to: size(of: stream)?.columns), to: stream)
    }

    package static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

    package static var inputIsTerminal: Bool { isatty(0) == 1 }

    /// Columns and lines of the terminal behind a stream; `nil` when it is none.
    package static func size(of stream: Stream) -> (columns: Int, lines: Int)? {
        var size = winsize()
        guard isTerminal(stream), ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
