import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct LogPatternTests {
    @Test(arguments: [
        // Words.
        ("", "anything", true), ("ERROR", "an ERROR", true), ("ERROR", "an error", false), ("a b", "b then a", true),
        ("a b", "only a", false), ("\"a b\"", "x a b", true), ("\"a b\"", "a  b", false), ("-debug", "info", true),
        ("-debug", "debug", false), ("GET -404", "GET 404", false), ("GET -404", "GET 200", true),
        ("?ERROR ?WARN", "a WARN", true), ("?ERROR ?WARN", "an INFO", false), ("?\"a b\" ?c", "a b", true),
        ("?ERROR GET", "GET", true),
        // JSON.
        (#"{ $.level = "error" }"#, #"{"level":"error"}"#, true),
        (#"{ $.level = "err*" }"#, #"{"level":"error"}"#, true),
        (#"{ $.level != "error" }"#, #"{"level":"info"}"#, true), (#"{ $.level = "error" }"#, "not JSON", false),
        ("{ $.status >= 500 }", #"{"status":503}"#, true), ("{ $.status >= 500 }", #"{"status":404}"#, false),
        ("{ $.a.b[1] = 2 }", #"{"a":{"b":[1,2]}}"#, true), ("{ $.a IS NULL }", #"{"a":null}"#, true),
        ("{ $.a NOT EXISTS }", "{}", true), ("{ $.a NOT EXISTS }", #"{"a":1}"#, false),
        ("{ $.ok IS TRUE }", #"{"ok":true}"#, true), ("{ $.ok IS FALSE }", #"{"ok":true}"#, false),
        ("{ $.a = 1 && $.b = 2 }", #"{"a":1,"b":2}"#, true), ("{ $.a = 1 && $.b = 2 }", #"{"a":1,"b":3}"#, false),
        ("{ ($.a = 1 || $.b = 2) && $.c = 3 }", #"{"b":2,"c":3}"#, true),
        ("{ $.a = 1 || $.b = 2 && $.c = 3 }", #"{"a":1}"#, true),
    ])
    func matches(_ pattern: String, _ message: String, _ expected: Bool) throws {
        #expect(try LogPattern(pattern).matches(message) == expected)
    }

    @Test(arguments: [
        "?", "-", "\"open", "{", "{ }", "{ $.a }", "{ a = 1 }", "{ $.a = }", "{ $.a > \"x\" }", "{ ($.a = 1 }",
        "{ $.a = 1 } x", "[ip, user]", "%regex%",
    ])
    func isRefused(_ pattern: String) {
        #expect(throws: CloudFault.invalidLogPattern) { try LogPattern(pattern) }
    }
}
