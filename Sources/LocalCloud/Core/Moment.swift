/// A point of the cloud's own time, in seconds since 1970: how AWS writes timestamps.
package struct Moment: Sendable, Hashable, Comparable, Codable {
    package var secondsSince1970: Double

    package init(_ secondsSince1970: Double) { self.secondsSince1970 = secondsSince1970 }

    package static func < (left: Self, right: Self) -> Bool { left.secondsSince1970 < right.secondsSince1970 }
    package static func + (moment: Self, seconds: Double) -> Self { Self(moment.secondsSince1970 + seconds) }
    /// In seconds.
    package static func - (left: Self, right: Self) -> Double { left.secondsSince1970 - right.secondsSince1970 }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(secondsSince1970)
    }

    package init(from decoder: any Decoder) throws {
        secondsSince1970 = try decoder.singleValueContainer().decode(Double.self)
    }
}
