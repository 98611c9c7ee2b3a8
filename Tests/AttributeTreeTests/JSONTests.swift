import AttributeTree
import TestSupport
import Testing

struct JSONTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var value: AttributeValue
    }

    @Test(arguments: [
        Reading(testDescription: "white space around and between", text: " \t\r\n[ 1 , 2 ] \n", value: [1, 2]),
        Reading(testDescription: "words", text: "[null,true,false]", value: [.null, true, false]),
        Reading(testDescription: "empty containers", text: #"{"a":{},"b":[]}"#, value: ["a": [:], "b": []]),
        Reading(testDescription: "of equal names the last counts", text: #"{"a":1,"a":2}"#, value: ["a": 2]),
        Reading(testDescription: "a name may be empty", text: #"{"":0}"#, value: ["": 0]),
        // Numbers: whole and fitting is an integer, everything else a double.
        Reading(testDescription: "the greatest Int", text: "9223372036854775807", value: .int(.max)),
        Reading(testDescription: "the least Int", text: "-9223372036854775808", value: .int(.min)),
        Reading(testDescription: "one above", text: "9223372036854775808", value: .number(9223372036854775808)),
        Reading(testDescription: "a fraction stays a fraction", text: "1.0", value: .number(1)),
        Reading(testDescription: "an exponent", text: "-1.5E+3", value: .number(-1500)),
        Reading(testDescription: "a small one", text: "5e-324", value: .number(.leastNonzeroMagnitude)),
        Reading(testDescription: "minus zero is whole", text: "-0", value: 0),
        // Strings.
        Reading(
            testDescription: "every escape", text: #""\"\\\/\b\f\n\r\t\u0041""#,
            value: .string("\"\\/\u{8}\u{C}\n\r\tA")),
        Reading(testDescription: "an escaped surrogate pair", text: #""\uD83D\ude00""#, value: "😀"),
        Reading(testDescription: "text beyond ASCII as it stands", text: "\"é€😀\"", value: "é€😀"),
        Reading(testDescription: "text after an escape", text: #""\né€""#, value: "\né€"),
        Reading(testDescription: "an escaped NUL", text: #""\u0000""#, value: "\u{0}"),
    ])
    func reads(_ case: Reading) throws {
        #expect(try AttributeValue(json: `case`.text) == `case`.value)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var bytes: [UInt8]
        var error: JSONSyntaxError
        var testDescription: String { "\(String(decoding: bytes, as: UTF8.self)): \(error)" }

        init(_ text: String, _ reason: JSONSyntaxError.Reason, at offset: Int) {
            self.init(Array(text.utf8), reason, at: offset)
        }

        init(_ bytes: [UInt8], _ reason: JSONSyntaxError.Reason, at offset: Int) {
            self.bytes = bytes
            self.error = JSONSyntaxError(reason, at: offset)
        }
    }

    @Test(arguments: [
        Refusal("", .unexpectedEnd, at: 0),
        Refusal("  ", .unexpectedEnd, at: 2),
        Refusal("[1", .unexpectedEnd, at: 2),
        Refusal("{\"a\"", .unexpectedEnd, at: 4),
        Refusal("tru", .unexpectedEnd, at: 3),
        Refusal("\"a", .unexpectedEnd, at: 2),
        Refusal("\"\\", .unexpectedEnd, at: 2),
        Refusal("\"\\u00", .unexpectedEnd, at: 5),
        Refusal("-", .unexpectedEnd, at: 1),
        Refusal("1.", .unexpectedEnd, at: 2),
        Refusal("1 2", .trailingBytes, at: 2),
        Refusal("{}x", .trailingBytes, at: 2),
        Refusal("[1,]", .unexpectedByte(UInt8(ascii: "]")), at: 3),
        Refusal("{\"a\":1,}", .unexpectedByte(UInt8(ascii: "}")), at: 7),
        Refusal("{a:1}", .unexpectedByte(UInt8(ascii: "a")), at: 1),
        Refusal("{\"a\" 1}", .unexpectedByte(UInt8(ascii: "1")), at: 5),
        Refusal("[1 2]", .unexpectedByte(UInt8(ascii: "2")), at: 3),
        Refusal("nul1", .unexpectedByte(UInt8(ascii: "1")), at: 3),
        Refusal("<html>", .unexpectedByte(UInt8(ascii: "<")), at: 0),
        Refusal("NaN", .unexpectedByte(UInt8(ascii: "N")), at: 0),
        Refusal([0xEF, 0xBB, 0xBF, 0x31], .unexpectedByte(0xEF), at: 0),
        Refusal("+1", .unexpectedByte(UInt8(ascii: "+")), at: 0),
        Refusal("01", .invalidNumber, at: 0),
        Refusal("-01", .invalidNumber, at: 1),
        Refusal("1.e1", .invalidNumber, at: 2),
        Refusal("1ex", .invalidNumber, at: 2),
        Refusal("[1e999]", .numberOutOfRange, at: 1),
        Refusal("\"\\x\"", .invalidEscape, at: 1),
        Refusal("\"\\u00g0\"", .invalidEscape, at: 1),
        Refusal("\"\\uD800\"", .loneSurrogate, at: 1),
        Refusal("\"\\uDC00\\uD800\"", .loneSurrogate, at: 1),
        Refusal("\"\\uD800\\u0041\"", .loneSurrogate, at: 1),
        Refusal("\"a\nb\"", .controlCharacter, at: 2),
        Refusal([0x22, 0x61, 0xC3, 0x28, 0x22], .invalidUTF8, at: 2),
        Refusal([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8, at: 1),
        Refusal([0x22, 0xC0, 0x80, 0x22], .invalidUTF8, at: 1),
    ])
    func refusesWithAPlace(_ refusal: Refusal) {
        #expect(throws: refusal.error) { try AttributeValue(json: refusal.bytes) }
    }

    @Test func nestingIsLimited() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try AttributeValue(json: nested(512))
        #expect(throws: JSONSyntaxError(.tooDeep(limit: 512), at: 512)) { try AttributeValue(json: nested(513)) }
        #expect(throws: JSONSyntaxError(.tooDeep(limit: 512), at: 512)) { try AttributeValue(json: nested(1_000_000)) }
        #expect(throws: JSONSyntaxError(.tooDeep(limit: 1), at: 5)) {
            try AttributeValue(json: "{\"a\":{}}", maximumDepth: 1)
        }
    }

    @Test func writesMembersInOrderAndEscapesWhatMustBe() {
        let value: AttributeValue = [
            "b": [1, .number(0.5), .null, true], "a": .string("\"\\\n\u{1}\u{1F}é/"), "c": [:], "d": [],
        ]
        #expect(value.jsonText() == #"{"a":"\"\\\n\u0001\u001fé/","b":[1,0.5,null,true],"c":{},"d":[]}"#)
        #expect(
            value.jsonText(.pretty) == #"""
                {
                  "a": "\"\\\n\u0001\u001fé/",
                  "b": [
                    1,
                    0.5,
                    null,
                    true
                  ],
                  "c": {},
                  "d": []
                }
                """#)
    }

    /// The order of `String` has neither of the two before the other.
    @Test(arguments: 0..<20)
    func namesInDifferentNormalFormsHaveAnOrder(others: Int) {
        var members = Dictionary(uniqueKeysWithValues: (0..<others).map { ("a\($0)", AttributeValue.null) })
        for name in ["\u{E9}-", "e\u{301}"] { members[name] = .null }
        #expect(AttributeValue.map(members).jsonText().hasSuffix("\"e\u{301}\":null,\"\u{E9}-\":null}"))
    }

    @Test func numbersThatJSONLacksAreWrittenAsStrings() {
        let value: AttributeValue = [.number(.infinity), .number(-.infinity), .number(.nan)]
        #expect(value.jsonText() == #"["Infinity","-Infinity","NaN"]"#)
    }

    @Test(arguments: UInt64(0)..<200)
    func whatIsWrittenIsReadBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = AttributeValue.random(depth: 5, using: &random)
        #expect(try AttributeValue(json: value.json(.compact)) == value)
        #expect(try AttributeValue(json: value.json(.pretty)) == value)
    }
}

extension AttributeValue {
    fileprivate static func random(depth: Int, using random: inout some RandomNumberGenerator) -> AttributeValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .int(Int(truncatingIfNeeded: random.next()))
        case 3: .number(.init(sign: .plus, exponent: .random(in: -300...300, using: &random), significand: 1.1))
        case 4: .string(randomText(using: &random))
        case 5:
            .list((0..<Int.random(in: 0...4, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
        default:
            .map(
                Dictionary(
                    (0..<Int.random(in: 0...4, using: &random)).map { _ in
                        (randomText(using: &random), AttributeValue.random(depth: depth - 1, using: &random))
                    }, uniquingKeysWith: { $1 }))
        }
    }

    private static func randomText(using random: inout some RandomNumberGenerator) -> String {
        let alphabet = Array("ab\"\\/\n\t\u{0}\u{1B}\u{7F}éß€漢😀\u{FFFF}")
        return String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
    }
}
