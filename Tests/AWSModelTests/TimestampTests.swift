import AttributeTree
import TestSupport
import Testing

@testable import AWSModel

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
        (951_782_400, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_422_172_800, "2015-01-25T08:00:00Z", "Sun, 25 Jan 2015 08:00:00 GMT"),
        (4_107_542_399, "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 GMT"),
        (253_402_300_799, "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
    func isWrittenAndReadInEachFormat(_ seconds: Int, _ iso8601: String, _ rfc822: String) {
        #expect(Timestamp.text(.int(seconds), as: .iso8601) == iso8601)
        #expect(Timestamp.text(.int(seconds), as: .rfc822) == rfc822)
        #expect(Timestamp.text(.int(seconds), as: .unixTimestamp) == String(seconds))
        for text in [iso8601, rfc822, String(seconds)] { #expect(Timestamp.parse(text) == .int(seconds)) }
    }

    @Test(arguments: [
        ("2019-12-17T00:48:18+01:00", AttributeValue.int(1_576_540_098)),
        ("2019-12-16T22:48:18-01:00", .int(1_576_540_098)),
        ("2000-01-02T20:34:56.123Z", .number(946_845_296.123)),
        ("1.5e9", .int(1_500_000_000)),
        ("1398796238.5", .number(1_398_796_238.5)),
    ])
    func offsetsFractionsAndExponentsAreRead(_ text: String, _ value: AttributeValue) {
        #expect(Timestamp.parse(text) == value)
    }

    @Test(arguments: [
        "", "now", "2019-12-17", "2019-13-17T00:00:00Z", "2019-12-17T24:00:00Z", "2019-12-17T00:00:00",
        "YYYY-MM-DDTHH:MM:SS.000Z", "Sun, 25 Foo 2015 08:00:00 GMT", "nan", "inf",
        "2019-12-17T00:00:00+9223372036854775807:00", "2019-12-17T00:00:00+24:00", "2019-12-17T00:00:00+01:-5",
    ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test func fractionsAreWrittenToTheMillisecond() {
        #expect(Timestamp.text(.number(946_845_296.123), as: .iso8601) == "2000-01-02T20:34:56.123Z")
        #expect(Timestamp.text(.number(-0.5), as: .iso8601) == "1969-12-31T23:59:59.500Z")
    }

    @Test(arguments: UInt64(0)..<200)
    func whatIsWrittenIsReadBack(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let value = AttributeValue.int(.random(in: -62_167_219_200...253_402_300_799, using: &random))
        for format in Timestamp.Format.allCases { #expect(Timestamp.parse(Timestamp.text(value, as: format)) == value) }
    }
}
