import Crypto
import FoundationEssentials

/// The checksums that a client of S3 may send with an object, by the name of their header.
enum ObjectChecksum: String, Sendable, CaseIterable {
    case crc32 = "x-amz-checksum-crc32"
    case crc32c = "x-amz-checksum-crc32c"
    case crc64nvme = "x-amz-checksum-crc64nvme"
    case sha1 = "x-amz-checksum-sha1"
    case sha256 = "x-amz-checksum-sha256"

    /// What S3 calls it.
    var name: String { rawValue.dropFirst("x-amz-checksum-".count).uppercased() }

    /// In Base64, the highest byte first.
    func value(of bytes: [UInt8]) -> String {
        let sum: [UInt8] =
            switch self {
            case .crc32: Self.remainder(of: bytes, width: 32, polynomial: 0xEDB8_8320)
            case .crc32c: Self.remainder(of: bytes, width: 32, polynomial: 0x82F6_3B78)
            case .crc64nvme: Self.remainder(of: bytes, width: 64, polynomial: 0x9A6C_9329_AC4B_C9B5)
            case .sha1: Array(Insecure.SHA1.hash(data: bytes))
            case .sha256: Array(SHA256.hash(data: bytes))
            }
        return Data(sum).base64EncodedString()
    }

    /// The MD5 sum as an entity tag.
    static func tag(of bytes: [UInt8]) -> String {
        let digits = Insecure.MD5.hash(data: bytes).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\"\(digits.joined())\""
    }

    /// As in the header `Content-MD5`.
    static func md5(of bytes: [UInt8]) -> String { Data(Insecure.MD5.hash(data: bytes)).base64EncodedString() }

    /// A cyclic redundancy check that begins and ends inverted, with its bits reflected, as all three are.
    private static func remainder(of bytes: [UInt8], width: Int, polynomial: UInt64) -> [UInt8] {
        let table = (0..<256).map { index in
            (0..<8).reduce(UInt64(index)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ polynomial : rest >> 1 }
        }
        let mask = UInt64.max >> UInt64(64 - width)
        var rest = mask
        for byte in bytes { rest = rest >> 8 ^ table[Int(UInt8(truncatingIfNeeded: rest) ^ byte)] }
        rest ^= mask
        return stride(from: width - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: rest >> UInt64($0)) }
    }
}
