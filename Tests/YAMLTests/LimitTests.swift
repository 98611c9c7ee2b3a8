import Diagnostics
import Testing
import YAML

@Suite struct LimitTests {
    @Test func `a file may have as many bytes as the limit, and not one more`() {
        var limits = YAMLLimits()
        limits.bytes = 8
        #expect(Refusal.message(for: "name: we".utf8, limits: limits) == "")
        #expect(
            Refusal.message(for: "name: web".utf8, limits: limits) == """
                web.yaml:1:1: error: the file has 9 bytes; at most 8 are read
                    1 | name: web
                      | ^
                help: split it into several files
                """)
    }

    @Test func `a hundred collections may be nested, and not one more`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(Refusal.message(for: nested(100).utf8) == "")
        #expect(
            Refusal.message(for: (String(repeating: "- ", count: 98) + nested(3)).utf8) == """
                web.yaml:1:199: error: more than 100 lists and maps are nested here
                    1 | … - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - [[[]]]
                      |                                                                                                 ^
                help: check for brackets that are not closed
                """)
    }

    @Test func `nesting counts through aliases`() {
        let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        #expect(Refusal.message(for: "- &a \(deep)\n- [[*a]]\n".utf8) == "")
        let text = "- &a \(deep)\n- &b [[[*a]]]\n- \(String(repeating: "- ", count: 37))*b\n"
        #expect(
            Refusal.message(for: text.utf8) == """
                web.yaml:3:77: error: with what "*b" stands for, more than 100 lists and maps are nested here
                    3 | - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - *b
                      |                                                                             ^~
                help: write out what is meant with less nesting
                """)
    }

    @Test func `aliases of aliases that grow beyond all bounds are refused, and only their document`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            text += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
        }
        let source = SourceText(file: "web.yaml", text + "---\nok\n")
        let file = YAMLReader().read(source)
        #expect(file.documents.map(\.root.scalar) == ["ok"])
        #expect(!file.isComplete)
        #expect(
            DiagnosticRenderer(sources: [source]).render(file.diagnostics) == """
                web.yaml:6:45: error: aliases turn the 109 nodes of this document into 1234567909
                    6 | a5: &a5 [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]
                      |                                             ^~~
                help: use aliases for less, or write several documents
                """)
    }

    @Test func `a large document may use aliases a lot`() {
        var limits = YAMLLimits()
        limits.expandedNodes = 100
        limits.expansion = 10
        let shared = "- &a [1, 2, 3, 4, 5, 6, 7, 8]\n"
        #expect(Refusal.message(for: (shared + String(repeating: "- *a\n", count: 50)).utf8, limits: limits) == "")
    }

    @Test func `what is not UTF-8 is shown by line and column`() {
        #expect(
            Refusal.message(for: Array("größe: 1\nname: ä".utf8) + [0xE4, 0x0A]) == """
                web.yaml:2:8: error: invalid UTF-8: 0xE4 at byte 19
                    2 | name: ä�
                      |        ^
                help: save the file as UTF-8; it may be in Latin-1 or another encoding now
                """)
        #expect(
            Refusal.message(for: [0xFF, 0xFE, 0x61, 0x00]) == """
                web.yaml:1:1: error: the file is encoded in UTF-16
                help: save it as UTF-8
                """)
    }

    @Test func `a file with very many mistakes ends with a message that says so`() {
        var limits = YAMLLimits()
        limits.diagnostics = 3
        let file = YAMLReader(limits: limits).read(
            SourceText(file: "web.yaml", String(repeating: "a: 1\n", count: 9)))
        #expect(
            file.diagnostics.map(\.message) == [
                "duplicate key \"a\"", "duplicate key \"a\"",
                "there are more errors in web.yaml; they are not shown",
            ])
    }
}
