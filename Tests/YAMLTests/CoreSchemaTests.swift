import Diagnostics
import Testing
import YAML

/// Scalars as written, and what they mean under the core schema of YAML 1.2.2, §10.3.2.
@Suite struct CoreSchemaTests {
    @Test(arguments: ["", "~", "null", "Null", "NULL", "!!null ''", "!!null ~"])
    func isNull(_ text: String) throws {
        #expect(try value(of: text) == .null)
    }

    @Test(arguments: [
        ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false),
    ])
    func isBool(_ text: String, _ expected: Bool) throws {
        #expect(try value(of: text) == .bool(expected))
        #expect(try value(of: "!!bool '\(text)'") == .bool(expected))
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("+12", 12), ("-19", -19), ("0o14", 12), ("0xC", 12), ("0xfF", 255),
        ("123456789012", 123_456_789_012),
        ("9223372036854775807", .max), ("-9223372036854775808", .min), ("!!int '7'", 7), ("!!int 012", 12),
    ])
    func isInt(_ text: String, _ expected: Int) throws {
        #expect(try value(of: text) == .int(expected))
    }

    @Test(arguments: [
        ("0.", 0), (".5", 0.5), ("-.5", -0.5), ("+12e03", 12000), ("-2E+05", -200_000), ("1.10", 1.1), ("0.25", 0.25),
        ("12e-1", 1.2), (".inf", .infinity), ("-.Inf", -.infinity), ("+.INF", .infinity), ("!!float 1", 1),
    ])
    func isFloat(_ text: String, _ expected: Double) throws {
        #expect(try value(of: text) == .float(expected))
    }

    @Test(arguments: [".nan", ".NaN", ".NAN"])
    func isNotANumber(_ text: String) throws {
        guard case .float(let value) = try value(of: text) else {
            Issue.record("\(text) is no float")
            return
        }
        #expect(value.isNaN)
    }

    @Test(arguments: [
        // Words of YAML 1.1.
        "no", "No", "yes", "on", "off", "y", "n", "tRUE", "nULL", "None", "nil",
        // A leading zero means eight to some and nothing to others.
        "012", "-012", "00", "01.5", "007e1",
        // Other notations of numbers.
        "1_000", "0b11", "0o18", "0xG", "-0x1", "0x-1", "0x", "1:30", "190:20:30", "inf", "nan", "0x1p3", "1e", "1e+",
        ".", "+",
        "..5", "1.2.3", ".e1", "1 000", "2024-01-01", "-.nan",
        // Beyond what the types hold: nothing that was written is lost.
        "9223372036854775808", "-9223372036854775809", "0xFFFFFFFFFFFFFFFFF", "1e400",
    ])
    func staysString(_ text: String) throws {
        #expect(try value(of: text) == .string(text))
    }

    @Test(arguments: [
        ("\"12\"", "12"), ("'true'", "true"), ("\"\"", ""), ("|-\n  12", "12"), (">-\n  null", "null"),
        ("!!str 12", "12"),
        ("! 12", "12"), ("&a ! 12", "12"), ("! &a 12", "12"), ("!!str", ""), ("!<tag:yaml.org,2002:str> 1.0", "1.0"),
    ])
    func isStringByStyleOrTag(_ text: String, _ expected: String) throws {
        #expect(try value(of: text) == .string(expected))
    }

    @Test func `collections may carry their tags`() throws {
        let root = try parsed("!!map {a: !!seq [1], b: ! [2]}")
        #expect(root.pairs.map(\.value.kind) == [.sequence, .sequence])
    }

    private func value(of text: String) throws -> YAMLScalarValue? {
        try #require(parsed("key: \(text)\n")["key"]).value
    }
}

/// The root of the first document of a text that has no mistakes.
func parsed(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> YAMLNode {
    let file = YAMLReader().read(SourceText(file: "web.yaml", text))
    #expect(file.diagnostics == [], sourceLocation: sourceLocation)
    return try #require(file.documents.first, sourceLocation: sourceLocation).root
}
