import AWSModel

/// A body in the encoding `aws-chunked`, in which clients of S3 send what they cannot hash beforehand: chunks that may
/// carry signatures, then trailers. It is not the chunked transfer encoding of HTTP, inside which it may be sent.
///
/// The signatures of chunks are passed over: what comes in over loopback is not changed on the way.
struct ChunkedObject: Sendable, Hashable {
    var content: [UInt8] = []
    var trailers: [Trailer] = []

    struct Trailer: Sendable, Hashable {
        var name: String
        var value: String
    }

    struct Malformed: Error {}

    init(_ encoded: [UInt8]) throws(Malformed) {
        var rest = encoded[...]
        while true {
            let size = try Self.line(&rest).prefix { $0 != UInt8(ascii: ";") }
            guard let count = Int(String(decoding: size, as: UTF8.self), radix: 16), count >= 0 else {
                throw Malformed()
            }
            if count == 0 { break }
            guard rest.count >= count else { throw Malformed() }
            content += rest.prefix(count)
            rest = rest.dropFirst(count)
            guard try Self.line(&rest).isEmpty else { throw Malformed() }
        }
        try readTrailers(&rest)
    }

    private mutating func readTrailers(_ rest: inout ArraySlice<UInt8>) throws(Malformed) {
        while !rest.isEmpty {
            let line = String(decoding: try Self.line(&rest), as: UTF8.self)
            if line.isEmpty { continue }
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw Malformed() }
            trailers.append(Trailer(name: parts[0].lowercased(), value: String(parts[1].drop { $0 == " " })))
        }
    }

    /// Takes a line off, without its end.
    private static func line(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> ArraySlice<UInt8> {
        guard let end = rest.firstRange(of: [13, 10]) else { throw Malformed() }
        defer { rest = rest[end.upperBound...] }
        return rest[..<end.lowerBound]
    }
}

extension WireRequest {
    /// Takes the encoding off; does nothing with a body in another.
    mutating func decodeChunkedObject() throws(ChunkedObject.Malformed) {
        guard headers["x-amz-content-sha256"]?.hasPrefix("STREAMING-") == true else { return }
        let object = try ChunkedObject(body)
        guard
            headers["x-amz-decoded-content-length"].flatMap({ Int($0) }) ?? object.content.count
                == object.content.count
        else { throw ChunkedObject.Malformed() }
        body = object.content
        for trailer in object.trailers where trailer.name.hasPrefix("x-amz-checksum-") {
            headers[trailer.name] = trailer.value
        }
        headers["Content-Length"] = String(body.count)
        let encodings = (headers["Content-Encoding"] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
            .filter { $0 != "aws-chunked" }
        headers["Content-Encoding"] = encodings.isEmpty ? nil : encodings.joined(separator: ",")
    }
}
