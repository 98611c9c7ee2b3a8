import Diagnostics

/// Whether a file is text that libyaml can be given: UTF-8, of a size within the limit.
enum Encoding {
    /// - Parameter origin: the size of a byte order mark at its start.
    case utf8(origin: Int, isASCII: Bool)
    case refused(Diagnostic)

    init(of source: SourceText, limits: YAMLLimits) {
        let bytes = source.bytes
        if bytes.count > limits.bytes {
            self = .refused(.fileTooLarge(source, limit: limits.bytes))
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            self = .refused(.utf16(source))
        } else {
            do throws(UTF8.ValidationError) {
                let text = try UTF8Span(validating: bytes.span)
                let hasMark = bytes.starts(with: SourceText.byteOrderMark)
                self = .utf8(origin: hasMark ? SourceText.byteOrderMark.count : 0, isASCII: text.isKnownASCII)
            } catch {
                self = .refused(.invalidUTF8(source, at: error.byteOffsets))
            }
        }
    }
}
