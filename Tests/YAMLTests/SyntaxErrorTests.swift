import Testing

/// What libyaml says, each with what to do about it.
@Suite struct SyntaxErrorTests {
    @Test(arguments: indentationErrors + bracketErrors + textErrors + documentErrors)
    func saysWhatToDo(_ refusal: Refusal) {
        #expect(Refusal.message(for: refusal.yaml.utf8) == refusal.message)
    }
}

private let indentationErrors = [
    Refusal(
        testDescription: "a tab as indentation of a mapping",
        yaml: "spec:\n\tport: 80\n",
        message: #"""
            web.yaml:2:1: error: a tab where only spaces can be
                2 |     port: 80
                  | ^~~~
            help: indent with spaces: YAML does not allow tabs there
            """#),
    Refusal(
        testDescription: "a tab as indentation below a value",
        yaml: "name: web\n\tport: 80\n",
        message: #"""
            web.yaml:2:1: error: a tab where only spaces can be
                2 |     port: 80
                  | ^~~~
            web.yaml:1:7: note: it begins here
                1 | name: web
                  |       ^
            help: indent with spaces: YAML does not allow tabs there
            """#),
    Refusal(
        testDescription: "a tab in a block text",
        yaml: "text: |\n  one\n \ttwo\n",
        message: #"""
            web.yaml:3:2: error: a tab where only spaces can be
                3 |     two
                  |  ^~~
            web.yaml:1:7: note: it begins here
                1 | text: |
                  |       ^
            help: indent with spaces: YAML does not allow tabs there
            """#),
    Refusal(
        testDescription: "a key without a space after its colon",
        yaml: "name:web\nport: 80\n",
        message: #"""
            web.yaml:2:5: error: this key does not fit the line before it
                2 | port: 80
                  |     ^
            help: indent it like the others of its map; if the line before is a key too, its ": " is missing
            """#),
    Refusal(
        testDescription: "a line without a colon",
        yaml: "port: 80\nname\n",
        message: #"""
            web.yaml:2:1: error: this is no "key: value"
                2 | name
                  | ^~~~
            help: write a space after the colon; if this is text, indent it below its key or quote it
            """#),
    Refusal(
        testDescription: "a key indented too far",
        yaml: "name: web\n port: 80\n",
        message: #"""
            web.yaml:2:6: error: this key does not fit the line before it
                2 |  port: 80
                  |      ^
            help: indent it like the others of its map; if the line before is a key too, its ": " is missing
            """#),
    Refusal(
        testDescription: "a key indented too little",
        yaml: "spec:\n    port: 80\n  name: web\n",
        message: #"""
            web.yaml:3:3: error: this line is indented neither like the keys before it nor below one
                3 |   name: web
                  |   ^
            web.yaml:1:1: note: it begins here
                1 | spec:
                  | ^
            help: indent it like those it belongs to
            """#),
    Refusal(
        testDescription: "a key among the entries of a list",
        yaml: "- web\nname: api\n",
        message: #"""
            web.yaml:2:1: error: this line is neither an entry of the list before it nor part of one
                2 | name: api
                  | ^
            web.yaml:1:1: note: it begins here
                1 | - web
                  | ^
            help: begin it with "- ", indented like the entries; or indent it like the keys of the last entry
            """#),
    Refusal(
        testDescription: "an entry among the keys of a mapping",
        yaml: "name: web\n- api\n",
        message: #"""
            web.yaml:2:1: error: an entry with "-" among the keys of a map
                2 | - api
                  | ^
            web.yaml:1:1: note: it begins here
                1 | name: web
                  | ^
            help: indent the list below its key
            """#),
    Refusal(
        testDescription: "a list on the line of its key",
        yaml: "names: - web\n",
        message: #"""
            web.yaml:1:8: error: a list cannot begin on the line of its key
                1 | names: - web
                  |        ^
            help: begin it on the line below, or write it in brackets
            """#),
    Refusal(
        testDescription: "a complex key on the line of its key",
        yaml: "names: ? web\n",
        message: #"""
            web.yaml:1:8: error: a map cannot begin on the line of its key
                1 | names: ? web
                  |        ^
            help: begin it on the line below, or write it in braces
            """#),
]

private let bracketErrors = [
    Refusal(
        testDescription: "a list that is not closed",
        yaml: "ports: [80, 443\nname: web\n",
        message: #"""
            web.yaml:2:5: error: a "," or "]" is missing in a list
                2 | name: web
                  |     ^
            web.yaml:1:8: note: it begins here
                1 | ports: [80, 443
                  |        ^
            help: close the list, or put a comma between its elements
            """#),
    Refusal(
        testDescription: "a flow mapping that is not closed at the end of the file",
        yaml: "labels: {team: web\n",
        message: #"""
            web.yaml:2:1: error: a "," or "}" is missing in a map
                2 |
                  | ^
            web.yaml:1:9: note: it begins here
                1 | labels: {team: web
                  |         ^
            help: close the map, or put a comma between its members; a text with ": " in it needs quotes
            """#),
    Refusal(
        testDescription: "a bracket too many",
        yaml: "ports: [80]]\n",
        message: #"""
            web.yaml:1:12: error: text after a closing quote or bracket
                1 | ports: [80]]
                  |            ^
            web.yaml:1:1: note: it begins here
                1 | ports: [80]]
                  | ^
            help: quote all of it, or remove what is too much; in single quotes, '' stands for one
            """#),
    Refusal(
        testDescription: "a closing brace after a document",
        yaml: "{a: 1}}\n",
        message: #"""
            web.yaml:1:7: error: a bracket that closes nothing
                1 | {a: 1}}
                  |       ^
            help: remove it; as text it needs quotes
            """#),
    Refusal(
        testDescription: "a closing bracket as a value",
        yaml: "port: ]\n",
        message: #"""
            web.yaml:1:7: error: a bracket that closes nothing
                1 | port: ]
                  |       ^
            help: remove it; as text it needs quotes
            """#),
    Refusal(
        testDescription: "an element that is missing",
        yaml: "ports: [,]\n",
        message: #"""
            web.yaml:1:9: error: a value is missing here
                1 | ports: [,]
                  |         ^
            help: write one, or remove what announces it
            """#),
]

private let textErrors = [
    Refusal(
        testDescription: "a quote that is not closed",
        yaml: "name: \"web\nport: 80\n",
        message: #"""
            web.yaml:1:7: error: this quote is not closed
                1 | name: "web
                  |       ^~~~
            help: close it, or leave it out
            """#),
    Refusal(
        testDescription: "a quote that is not closed in its document",
        yaml: "name: 'web\n---\nname: api\n",
        message: #"""
            web.yaml:1:7: error: this quote is not closed
                1 | name: 'web
                  |       ^~~~
            help: close it, or leave it out
            """#),
    Refusal(
        testDescription: "text after a closing quote",
        yaml: "motto: 'it's'\n",
        message: #"""
            web.yaml:1:12: error: text after a closing quote or bracket
                1 | motto: 'it's'
                  |            ^
            web.yaml:1:1: note: it begins here
                1 | motto: 'it's'
                  | ^
            help: quote all of it, or remove what is too much; in single quotes, '' stands for one
            """#),
    Refusal(
        testDescription: "a backslash in double quotes",
        yaml: "path: \"C:\\data\"\n",
        message: #"""
            web.yaml:1:10: error: a backslash in double quotes that begins no known escape
                1 | path: "C:\data"
                  |          ^
            web.yaml:1:7: note: it begins here
                1 | path: "C:\data"
                  |       ^
            help: write "\\" for a backslash, or use single quotes, in which it means nothing
            """#),
    Refusal(
        testDescription: "a wrong escape",
        yaml: "path: \"\\xZZ\"\n",
        message: #"""
            web.yaml:1:10: error: a backslash in double quotes that begins no known escape
                1 | path: "\xZZ"
                  |          ^
            web.yaml:1:7: note: it begins here
                1 | path: "\xZZ"
                  |       ^
            help: write "\\" for a backslash, or use single quotes, in which it means nothing
            """#),
    Refusal(
        testDescription: "a second colon",
        yaml: "command: curl: not found\n",
        message: #"""
            web.yaml:1:14: error: a ": " after another on the same line
                1 | command: curl: not found
                  |              ^
            help: quote a text that has ": " in it; begin a map on a line of its own, indented below its key
            """#),
    Refusal(
        testDescription: "a value that begins with a reserved character",
        yaml: "owner: @team\n",
        message: #"""
            web.yaml:1:8: error: a text cannot begin with "@"
                1 | owner: @team
                  |        ^
            help: quote it
            """#),
    Refusal(
        testDescription: "an asterisk that is no alias",
        yaml: "pattern: * \n",
        message: #"""
            web.yaml:1:11: error: a "*" or "&" without a name
                1 | pattern: *
                  |           ^
            web.yaml:1:10: note: it begins here
                1 | pattern: *
                  |          ^
            help: quote a text that begins with "*" or "&"
            """#),
    Refusal(
        testDescription: "text behind the sign of a block text",
        yaml: "text: | one\n",
        message: #"""
            web.yaml:1:9: error: text on the line of its "|" or ">"
                1 | text: | one
                  |         ^
            web.yaml:1:7: note: it begins here
                1 | text: | one
                  |       ^
            help: begin the text on the line below
            """#),
    Refusal(
        testDescription: "a block text with an indentation of zero",
        yaml: "text: |0\n  one\n",
        message: #"""
            web.yaml:1:8: error: a text cannot be indented by 0
                1 | text: |0
                  |        ^
            web.yaml:1:7: note: it begins here
                1 | text: |0
                  |       ^
            help: leave the digit out, or write one from 1 to 9
            """#),
    Refusal(
        testDescription: "a tag with a handle that nobody declared",
        yaml: "name: !a!b web\n",
        message: #"""
            web.yaml:1:7: error: unknown tag
                1 | name: !a!b web
                  |       ^
            help: remove it
            """#),
]

private let documentErrors = [
    Refusal(
        testDescription: "text after the end of a document",
        yaml: "name: web\n...\nport\n",
        message: #"""
            web.yaml:3:1: error: this does not belong to the document before it
                3 | port
                  | ^
            help: write "---" between two documents; all of one document is indented alike
            """#),
    Refusal(
        testDescription: "another version of YAML",
        yaml: "%YAML 2.0\n---\nname: web\n",
        message: #"""
            web.yaml:1:1: error: an unknown version of YAML
                1 | %YAML 2.0
                  | ^
            help: remove the line "%YAML", or write "%YAML 1.2"
            """#),
    Refusal(
        testDescription: "an unknown directive",
        yaml: "%JSON\n---\nname: web\n",
        message: #"""
            web.yaml:1:6: error: unknown directive
                1 | %JSON
                  |      ^
            web.yaml:1:1: note: it begins here
                1 | %JSON
                  | ^
            help: remove the line: the directives are %YAML and %TAG
            """#),
    Refusal(
        testDescription: "after characters of several bytes",
        yaml: "größe: \"日本\" 語\n",
        message: #"""
            web.yaml:1:13: error: text after a closing quote or bracket
                1 | größe: "日本" 語
                  |               ^~
            web.yaml:1:1: note: it begins here
                1 | größe: "日本" 語
                  | ^
            help: quote all of it, or remove what is too much; in single quotes, '' stands for one
            """#),
]
