import ArgumentParser
import ReconcileCLI
import TestSupport
import Testing

@Suite("Colours", .tags(.small))
struct ColourTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var arguments: [String] = []
        var environment: [String: String] = ["TERM": "xterm-256color"]
        var onTerminal = true
        var isColoured: Bool
    }

    @Test(arguments: [
        Case(testDescription: "on a terminal", isColoured: true),
        Case(testDescription: "not in a pipe", onTerminal: false, isColoured: false),
        Case(testDescription: "not with --no-color", arguments: ["--no-color"], isColoured: false),
        Case(testDescription: "not with NO_COLOR", environment: ["NO_COLOR": "1"], isColoured: false),
        Case(testDescription: "NO_COLOR counts when it is not empty", environment: ["NO_COLOR": ""], isColoured: true),
        Case(testDescription: "not on a terminal that is dumb", environment: ["TERM": "dumb"], isColoured: false),
    ])
    func `are used where they are wanted`(_ colours: Case) throws {
        let options = try ColourOptions.parse(colours.arguments)
        let style = options.style(onTerminal: colours.onTerminal, environment: colours.environment)
        #expect(style.isColoured == colours.isColoured)
    }

    @Test func `paint a text, and nothing without one`() {
        #expect(Style(isColoured: true)("done", .green) == "\u{1B}[32mdone\u{1B}[0m")
        #expect(Style(isColoured: true)("", .green) == "")
        #expect(Style(isColoured: false)("done", .green) == "done")
    }
}
