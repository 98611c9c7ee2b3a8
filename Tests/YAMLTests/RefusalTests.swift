import Diagnostics
import Testing
import YAML

/// A text and all that is said about it.
struct Refusal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var message: String

    /// The text as `web.yaml`, read and rendered as the user sees it.
    static func message(for bytes: some Sequence<UInt8>, limits: YAMLLimits = .standard) -> String {
        let source = SourceText(file: "web.yaml", bytes: Array(bytes))
        return DiagnosticRenderer(sources: [source]).render(YAMLReader(limits: limits).read(source).diagnostics)
    }
}

@Suite struct RefusalTests {
    @Test(arguments: [
        Refusal(
            testDescription: "a key twice, however it is quoted, and all of them",
            yaml: "name: web\nport: 80\n\"name\": api\nname: db\n",
            message: #"""
                web.yaml:3:1: error: duplicate key "name"
                    3 | "name": api
                      | ^~~~~~
                web.yaml:1:1: note: first written here
                    1 | name: web
                      | ^~~~
                help: remove one of the two

                web.yaml:4:1: error: duplicate key "name"
                    4 | name: db
                      | ^~~~
                web.yaml:1:1: note: first written here
                    1 | name: web
                      | ^~~~
                help: remove one of the two
                """#),
        Refusal(
            testDescription: "a key twice that is written in two ways",
            yaml: "16: a\n0x10: b\n",
            message: #"""
                web.yaml:2:1: error: duplicate key "0x10"
                    2 | 0x10: b
                      | ^~~~
                web.yaml:1:1: note: first written here
                    1 | 16: a
                      | ^~
                help: remove one of the two
                """#),
        Refusal(
            testDescription: "a number and a string that look alike",
            yaml: "1: a\n\"1\": b\n",
            message: #"""
                web.yaml:2:1: error: duplicate key "1"
                    2 | "1": b
                      | ^~~
                web.yaml:1:1: note: first written here
                    1 | 1: a
                      | ^
                help: remove one of the two
                """#),
        Refusal(
            testDescription: "a duplicate key that an alias stands for",
            yaml: "- &key name\n- *key : web\n  name: api\n",
            message: #"""
                web.yaml:3:3: error: duplicate key "name"
                    3 |   name: api
                      |   ^~~~
                web.yaml:2:3: note: first written here
                    2 | - *key : web
                      |   ^~~~
                help: remove one of the two
                """#),
        Refusal(
            testDescription: "two merge keys in one mapping",
            yaml: "<<: {a: 1}\n<<: {b: 2}\n",
            message: #"""
                web.yaml:2:1: error: duplicate key "<<"
                    2 | <<: {b: 2}
                      | ^~
                web.yaml:1:1: note: first written here
                    1 | <<: {a: 1}
                      | ^~
                help: merge several maps with one list: "<<: [*first, *second]"
                """#),
        Refusal(
            testDescription: "a merge of something that is no mapping",
            yaml: "port: &port 80\n<<: *port\n",
            message: #"""
                web.yaml:2:5: error: "<<" takes a map or a list of maps
                    2 | <<: *port
                      |     ^~~~~
                help: refer to a map that has an anchor: "<<: *name"
                """#),
        Refusal(
            testDescription: "a merge of a list with something else in it",
            yaml: "<<: [{a: 1}, 2]\n",
            message: #"""
                web.yaml:1:14: error: "<<" takes a map or a list of maps
                    1 | <<: [{a: 1}, 2]
                      |              ^
                help: refer to a map that has an anchor: "<<: *name"
                """#),
        Refusal(
            testDescription: "a tag of another language",
            yaml: "image: !Ref Image\nname: &n !Sub x\n",
            message: #"""
                web.yaml:1:8: error: unknown tag "!Ref"
                    1 | image: !Ref Image
                      |        ^~~~
                help: remove it: only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map have a meaning

                web.yaml:2:10: error: unknown tag "!Sub"
                    2 | name: &n !Sub x
                      |          ^~~~
                help: remove it: only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map have a meaning
                """#),
        Refusal(
            testDescription: "a tag of YAML 1.1",
            yaml: "- !!binary aGk=\n",
            message: #"""
                web.yaml:1:3: error: unknown tag "!!binary"
                    1 | - !!binary aGk=
                      |   ^~~~~~~~
                help: remove it: only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map have a meaning
                """#),
        Refusal(
            testDescription: "a tag that does not fit its text",
            yaml: "port: !!int http\n",
            message: #"""
                web.yaml:1:7: error: the tag says a whole number of at most 64 bits, but this is "http"
                    1 | port: !!int http
                      |       ^~~~~~~~~~
                help: remove the tag
                """#),
        Refusal(
            testDescription: "a tag that does not fit its collection",
            yaml: "names: !!str [a, b]\n",
            message: #"""
                web.yaml:1:8: error: the tag says a string, but this is a list
                    1 | names: !!str [a, b]
                      |        ^~~~~
                help: remove the tag
                """#),
        Refusal(
            testDescription: "an alias without an anchor",
            yaml: "web: &web 1\napi: *wbe\ndocs: *.md\n",
            message: #"""
                web.yaml:2:6: error: undefined alias "*wbe": no anchor "&wbe" comes before it in this document
                    2 | api: *wbe
                      |      ^~~~
                help: did you mean "web"?

                web.yaml:3:8: error: a "*" or "&" without a name
                    3 | docs: *.md
                      |        ^
                web.yaml:3:7: note: it begins here
                    3 | docs: *.md
                      |       ^
                help: quote a text that begins with "*" or "&"
                """#),
        Refusal(
            testDescription: "an anchor of another document",
            yaml: "&a x\n---\n- *a\n",
            message: #"""
                web.yaml:3:3: error: undefined alias "*a": no anchor "&a" comes before it in this document
                    3 | - *a
                      |   ^~
                help: if it is text, put it in quotes
                """#),
        Refusal(
            testDescription: "an alias within what it stands for",
            yaml: "web: &web\n  parts: [1, *web]\n",
            message: #"""
                web.yaml:2:14: error: the alias "*web" stands inside of what it stands for
                    2 |   parts: [1, *web]
                      |              ^~~~
                web.yaml:1:6: note: the anchor is here
                    1 | web: &web
                      |      ^~~~
                help: write out what is meant
                """#),
        Refusal(
            testDescription: "a control character",
            yaml: "name: \"we\u{7}b\"\n",
            message: #"""
                web.yaml:1:10: error: the control character U+0007 is not allowed
                    1 | name: "we�b"
                      |          ^
                help: remove it, or write it as an escape in double quotes: "\u0007"
                """#),
        Refusal(
            testDescription: "a NUL, as in UTF-16 without a mark",
            yaml: "n\0a\0m\0e\0",
            message: #"""
                web.yaml:1:2: error: the control character U+0000 is not allowed
                help: save the file as UTF-8 text; it may be in UTF-16, or no text at all, now
                """#),
    ])
    func refusesWithPlaceAndRemedy(_ refusal: Refusal) {
        #expect(Refusal.message(for: refusal.yaml.utf8) == refusal.message)
    }

    @Test func `documents are returned beside what is wrong with them`() {
        let file = YAMLReader().read(SourceText(file: "web.yaml", "a: 1\na: 2\n---\nb: !x 3\n---\n[c\n"))
        #expect(file.documents.map { $0.root.pairs.map(\.value.scalar) } == [["1", "2"], ["3"]])
        #expect(file.documents.first?.root["a"]?.scalar == "1")
        #expect(file.diagnostics.count == 3)
        #expect(!file.isComplete)
    }

    @Test func `duplicates are found among many keys as among few`() {
        let keys = (0..<40).map { "environmentVariable\($0)" } + ["environmentVariable7", "a", "a"]
        let text = keys.map { "\($0): x\n" }.joined()
        let file = YAMLReader().read(SourceText(file: "web.yaml", text))
        #expect(
            file.diagnostics.map(\.message) == ["duplicate key \"environmentVariable7\"", "duplicate key \"a\""])
        #expect(file.diagnostics.flatMap(\.related).map(\.range?.start.line) == [8, 42])
    }
}
