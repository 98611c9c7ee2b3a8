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
            web.yaml:2:1: error: found character that cannot start any token while scanning for the next token
                2 |     port: 80
                  | ^~~~
            help: indent with spaces: YAML does not allow tabs there
            """#),
    Refusal(
        testDescription: "a tab as indentation below a value",
        yaml: "name: web\n\tport: 80\n",
        message: #"""
            web.yaml:2:1: error: found a tab character that violates indentation while scanning a plain scalar
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
            web.yaml:3:2: error: found a tab character where an indentation space is expected while scanning a block scalar
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
            web.yaml:2:5: error: mapping values are not allowed in this context
                2 | port: 80
                  |     ^
            help: indent this key like the others of its mapping; if the line before is a key too, its ": " is missing
            """#),
    Refusal(
        testDescription: "a line without a colon",
        yaml: "port: 80\nname\n",
        message: #"""
            web.yaml:2:1: error: could not find expected ':' while scanning a simple key
                2 | name
                  | ^~~~
            help: write "key: value", with a space after the colon; if this is text, indent it below its key or quote it
            """#),
    Refusal(
        testDescription: "a key indented too far",
        yaml: "name: web\n port: 80\n",
        message: #"""
            web.yaml:2:6: error: mapping values are not allowed in this context
                2 |  port: 80
                  |      ^
            help: indent this key like the others of its mapping; if the line before is a key too, its ": " is missing
            """#),
    Refusal(
        testDescription: "a key indented too little",
        yaml: "spec:\n    port: 80\n  name: web\n",
        message: #"""
            web.yaml:3:3: error: did not find expected key while parsing a block mapping
                3 |   name: web
                  |   ^
            web.yaml:1:1: note: it begins here
                1 | spec:
                  | ^
            help: indent this line like the keys before it
            """#),
    Refusal(
        testDescription: "a key among the entries of a list",
        yaml: "- web\nname: api\n",
        message: #"""
            web.yaml:2:1: error: did not find expected '-' indicator while parsing a block collection
                2 | name: api
                  | ^
            web.yaml:1:1: note: it begins here
                1 | - web
                  | ^
            help: begin this line with "- ", indented like the entries before it
            """#),
    Refusal(
        testDescription: "an entry among the keys of a mapping",
        yaml: "name: web\n- api\n",
        message: #"""
            web.yaml:2:1: error: did not find expected key while parsing a block mapping
                2 | - api
                  | ^
            web.yaml:1:1: note: it begins here
                1 | name: web
                  | ^
            help: a mapping has no entries with "-": indent the list below its key
            """#),
    Refusal(
        testDescription: "a list on the line of its key",
        yaml: "names: - web\n",
        message: #"""
            web.yaml:1:8: error: block sequence entries are not allowed in this context
                1 | names: - web
                  |        ^
            help: begin a list on the line below its key
            """#),
    Refusal(
        testDescription: "a complex key on the line of its key",
        yaml: "names: ? web\n",
        message: #"""
            web.yaml:1:8: error: mapping keys are not allowed in this context
                1 | names: ? web
                  |        ^
            help: begin a mapping on the line below its key
            """#),
]

private let bracketErrors = [
    Refusal(
        testDescription: "a list that is not closed",
        yaml: "ports: [80, 443\nname: web\n",
        message: #"""
            web.yaml:2:5: error: did not find expected ',' or ']' while parsing a flow sequence
                2 | name: web
                  |     ^
            web.yaml:1:8: note: it begins here
                1 | ports: [80, 443
                  |        ^
            help: close the list with "]", or put a comma between its elements
            """#),
    Refusal(
        testDescription: "a flow mapping that is not closed at the end of the file",
        yaml: "labels: {team: web\n",
        message: #"""
            web.yaml:2:1: error: did not find expected ',' or '}' while parsing a flow mapping
                2 |
                  | ^
            web.yaml:1:9: note: it begins here
                1 | labels: {team: web
                  |         ^
            help: close the mapping with "}", or put a comma between its members; a text with ": " in it needs quotes
            """#),
    Refusal(
        testDescription: "a bracket too many",
        yaml: "ports: [80]]\n",
        message: #"""
            web.yaml:1:12: error: did not find expected key while parsing a block mapping
                1 | ports: [80]]
                  |            ^
            web.yaml:1:1: note: it begins here
                1 | ports: [80]]
                  | ^
            help: nothing may follow a closing quote or bracket: quote all of it; in single quotes, '' stands for one
            """#),
    Refusal(
        testDescription: "a closing brace after a document",
        yaml: "{a: 1}}\n",
        message: #"""
            web.yaml:1:7: error: did not find expected <document start>
                1 | {a: 1}}
                  |       ^
            help: remove the bracket: none is open here
            """#),
    Refusal(
        testDescription: "a closing bracket as a value",
        yaml: "port: ]\n",
        message: #"""
            web.yaml:1:7: error: did not find expected node content while parsing a block node
                1 | port: ]
                  |       ^
            help: remove the bracket, none is open here; as text it needs quotes
            """#),
    Refusal(
        testDescription: "an element that is missing",
        yaml: "ports: [,]\n",
        message: #"""
            web.yaml:1:9: error: did not find expected node content while parsing a flow node
                1 | ports: [,]
                  |         ^
            help: write a value here, or remove what announces it
            """#),
]

private let textErrors = [
    Refusal(
        testDescription: "a quote that is not closed",
        yaml: "name: \"web\nport: 80\n",
        message: #"""
            web.yaml:1:7: error: found unexpected end of stream while scanning a quoted scalar
                1 | name: "web
                  |       ^~~~
            help: close the quote
            """#),
    Refusal(
        testDescription: "a quote that is not closed in its document",
        yaml: "name: 'web\n---\nname: api\n",
        message: #"""
            web.yaml:1:7: error: found unexpected document indicator while scanning a quoted scalar
                1 | name: 'web
                  |       ^~~~
            help: close the quote
            """#),
    Refusal(
        testDescription: "text after a closing quote",
        yaml: "motto: 'it's'\n",
        message: #"""
            web.yaml:1:12: error: did not find expected key while parsing a block mapping
                1 | motto: 'it's'
                  |            ^
            web.yaml:1:1: note: it begins here
                1 | motto: 'it's'
                  | ^
            help: nothing may follow a closing quote or bracket: quote all of it; in single quotes, '' stands for one
            """#),
    Refusal(
        testDescription: "a backslash in double quotes",
        yaml: "path: \"C:\\data\"\n",
        message: #"""
            web.yaml:1:10: error: found unknown escape character while parsing a quoted scalar
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
            web.yaml:1:10: error: did not find expected hexdecimal number while parsing a quoted scalar
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
            web.yaml:1:14: error: mapping values are not allowed in this context
                1 | command: curl: not found
                  |              ^
            help: quote a text that has ": " in it; begin a mapping on a line of its own, indented below its key
            """#),
    Refusal(
        testDescription: "a value that begins with a reserved character",
        yaml: "owner: @team\n",
        message: #"""
            web.yaml:1:8: error: found character that cannot start any token while scanning for the next token
                1 | owner: @team
                  |        ^
            help: quote a text that begins with "@"
            """#),
    Refusal(
        testDescription: "an asterisk that is no alias",
        yaml: "pattern: * \n",
        message: #"""
            web.yaml:1:11: error: did not find expected alphabetic or numeric character while scanning an alias
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
            web.yaml:1:9: error: did not find expected comment or line break while scanning a block scalar
                1 | text: | one
                  |         ^
            web.yaml:1:7: note: it begins here
                1 | text: | one
                  |       ^
            help: begin the text on the line below "|" or ">"
            """#),
    Refusal(
        testDescription: "a block text with an indentation of zero",
        yaml: "text: |0\n  one\n",
        message: #"""
            web.yaml:1:8: error: found an indentation indicator equal to 0 while scanning a block scalar
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
            web.yaml:1:7: error: found undefined tag handle while parsing a node
                1 | name: !a!b web
                  |       ^
            help: remove the tag
            """#),
]

private let documentErrors = [
    Refusal(
        testDescription: "text after the end of a document",
        yaml: "name: web\n...\nport\n",
        message: #"""
            web.yaml:3:1: error: did not find expected <document start>
                3 | port
                  | ^
            help: write "---" between two documents; all of one document is indented alike
            """#),
    Refusal(
        testDescription: "another version of YAML",
        yaml: "%YAML 2.0\n---\nname: web\n",
        message: #"""
            web.yaml:1:1: error: found incompatible YAML document
                1 | %YAML 2.0
                  | ^
            help: remove the line "%YAML", or write "%YAML 1.2"
            """#),
    Refusal(
        testDescription: "an unknown directive",
        yaml: "%JSON\n---\nname: web\n",
        message: #"""
            web.yaml:1:6: error: found unknown directive name while scanning a directive
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
            web.yaml:1:13: error: did not find expected key while parsing a block mapping
                1 | größe: "日本" 語
                  |               ^~
            web.yaml:1:1: note: it begins here
                1 | größe: "日本" 語
                  | ^
            help: nothing may follow a closing quote or bracket: quote all of it; in single quotes, '' stands for one
            """#),
]
