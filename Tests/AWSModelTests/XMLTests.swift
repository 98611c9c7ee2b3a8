import AWSModel
import Testing

struct XMLTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var xml: String
        /// The tree, as `name(child child)` and `name="text"`.
        var tree: String
    }

    @Test(arguments: [
        Reading(testDescription: "text", xml: "<a>b</a>", tree: "a=\"b\""),
        Reading(testDescription: "no content", xml: "<a><b/><c></c><d /></a>", tree: "a(b=\"\" c=\"\" d=\"\")"),
        Reading(
            testDescription: "a declaration, comments and instructions around",
            xml: "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- < & --><a>1</a>\n<!----><?x?>\n", tree: "a=\"1\""),
        Reading(
            testDescription: "namespaces are passed over",
            xml: "<n:a xmlns:n=\"u>\" xmlns='v\"'><n:b n:c = '1'>2</n:b ></n:a>", tree: "a(b=\"2\")"),
        Reading(
            testDescription: "references", xml: "<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</a>", tree: "a=\"<&>\"'A😀\""
        ),
        Reading(
            testDescription: "CDATA, comments and instructions within",
            xml: "<a>1<![CDATA[<b>&amp;]]]>2<!-- <c> -->3<?d?>4</a>",
            tree: "a=\"1<b>&amp;]234\""),
        Reading(
            testDescription: "text beside elements", xml: "<a>1<b x='>'>2</b>3<c/>4</a>", tree: "a(b=\"2\" c=\"\")"),
        Reading(testDescription: "space counts in text", xml: "<a> 1\n </a>", tree: "a=\" 1\n \""),
        Reading(testDescription: "names beyond ASCII", xml: "<ä>ö</ä>", tree: "ä=\"ö\""),
    ])
    func reads(_ reading: Reading) throws {
        #expect(try tree(XMLDocument(Array(reading.xml.utf8)).root) == reading.tree)
    }

    @Test func theTextOfAnElementLeavesOutThatOfItsChildren() throws {
        let document = try XMLDocument(Array("<a>1<b x='>'>2<c/></b>&#51;<d/>4</a>".utf8))
        #expect(document.root.text == "134")
    }

    private func tree(_ element: XMLElement) -> String {
        let children = element.children.map(tree).joined(separator: " ")
        return children.isEmpty ? "\(element.name)=\"\(element.text)\"" : "\(element.name)(\(children))"
    }

    @Test(arguments: [
        ("", "no element", 0),
        ("   ", "no element", 3),
        ("text", "text outside the document's element", 0),
        ("<a></a>x", "text outside the document's element", 7),
        ("<a/><b/>", "a second element after the document's", 4),
        ("<a>", "element \"a\" without an end", 3),
        ("<a><b></a>", "an end tag that ends nothing", 6),
        ("</a>", "an end tag that ends nothing", 0),
        ("<a", "a tag without an end", 1),
        ("<a b>", "an attribute without a value", 3),
        ("<a b=c>", "an attribute without a value", 3),
        ("<a b='c>", "an attribute without an end", 3),
        ("<a b='<'/>", "an attribute without an end", 3),
        ("<a/ >", "a tag without an end", 0),
        ("< a>", "a name is missing", 1),
        ("<1/>", "a name is missing", 1),
        ("<a:/>", "a name is missing", 1),
        ("<a>&nbsp;</a>", "unknown reference", 3),
        ("<a>&#0;</a>", "unknown reference", 3),
        ("<a>&#xD800;</a>", "unknown reference", 3),
        ("<a>&amp</a>", "unknown reference", 3),
        ("<a><!-- </a>", "markup without an end", 3),
        ("<a><![CDATA[</a>", "markup without an end", 3),
        ("<!DOCTYPE html><html/>", "a document type declaration", 0),
    ])
    func refusesWithAPlace(_ xml: String, _ message: String, _ offset: Int) {
        #expect(throws: XMLSyntaxError(message, at: offset)) { try XMLDocument(Array(xml.utf8)) }
    }

    @Test func nestingIsLimited() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
        }
        _ = try XMLDocument(nested(200))
        #expect(throws: XMLSyntaxError("nested deeper than 200 levels", at: 600)) { try XMLDocument(nested(100_000)) }
    }

    @Test func textMustBeUTF8() {
        #expect(throws: XMLSyntaxError("text that is not UTF-8", at: 0)) {
            try XMLDocument([0x3C, 0x61, 0x3E, 0xC3, 0x3C, 0x2F, 0x61, 0x3E])
        }
    }
}
