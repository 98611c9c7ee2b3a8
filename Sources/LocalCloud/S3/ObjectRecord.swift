import FoundationEssentials

/// A bucket.
package struct BucketRecord: Sendable, Codable {
    package var name: String
    package var createdAt: Moment

    package init(name: String, createdAt: Moment) {
        self.name = name
        self.createdAt = createdAt
    }
}

/// An object: its bytes, and what was said of them when they were put.
package struct ObjectRecord: Sendable, Codable {
    package var bucket: String
    package var key: String
    package var content: StoredBytes
    /// The MD5 sum of the bytes, in quotation marks.
    package var tag: String
    package var modifiedAt: Moment
    /// Header fields that come back with it: `content-type`, `x-amz-meta-…`, `x-amz-checksum-…`.
    package var headers: [String: String]

    package init(
        bucket: String, key: String, content: [UInt8], tag: String, modifiedAt: Moment, headers: [String: String]
    ) {
        self.bucket = bucket
        self.key = key
        self.content = StoredBytes(content)
        self.tag = tag
        // HTTP knows no fractions of seconds, and conditions compare what HTTP said.
        self.modifiedAt = Moment(modifiedAt.secondsSince1970.rounded(.down))
        self.headers = headers
    }
}

/// Bytes that are kept in Base64.
package struct StoredBytes: Sendable, Codable, Hashable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes).base64EncodedString())
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let data = Data(base64Encoded: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not in Base64")
        }
        bytes = Array(data)
    }
}
