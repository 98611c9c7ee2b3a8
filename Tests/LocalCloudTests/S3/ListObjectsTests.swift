import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ListObjectsTests {
    struct Listing: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var query: String
        /// Keys, and prefixes in parentheses.
        var entries: [String]

        init(_ testDescription: String, _ query: String, _ entries: [String]) {
            self.testDescription = testDescription
            self.query = query
            self.entries = entries
        }
    }

    private func stage() -> ObjectStage {
        var s3 = ObjectStage()
        for key in ["b.txt", "a/2", "a/1", "c/x/1", "Z", "%C3%A9"] { s3("PUT box/\(key)", body: "12345") }
        return s3
    }

    @Test(arguments: [
        Listing("in the order of bytes", "", ["Z", "a/1", "a/2", "b.txt", "c/x/1", "é"]),
        Listing("by a prefix", "&prefix=a/", ["a/1", "a/2"]),
        Listing("as folders", "&delimiter=/", ["Z", "b.txt", "é", "(a/)", "(c/)"]),
        Listing("as a folder's folders", "&prefix=c/&delimiter=/", ["(c/x/)"]),
        Listing("from a key on", "&start-after=a/2", ["b.txt", "c/x/1", "é"]),
        Listing("encoded", "&encoding-type=url&start-after=c/y", ["%C3%A9"]),
        Listing("none at all", "&max-keys=0", []),
    ])
    func listings(_ listing: Listing) {
        var s3 = stage()
        let answer = s3("GET box?list-type=2\(listing.query)")
        let prefixes = answer.texts("CommonPrefixes").isEmpty ? [] : answer.texts("Prefix").dropFirst()
        #expect(answer.texts("Key") + prefixes.map { "(\($0))" } == listing.entries)
        #expect(answer.texts("KeyCount") == [String(listing.entries.count)])
        #expect(answer.texts("IsTruncated") == ["false"])
    }

    @Test("pages follow each other without a gap or a repetition", arguments: 1...7)
    func pages(_ size: Int) {
        var s3 = stage()
        for delimiter in ["", "&delimiter=/"] {
            let whole = s3("GET box?list-type=2\(delimiter)")
            var (keys, prefixes): ([String], [String]) = ([], [])
            var token: String?
            for _ in 0..<7 {
                let next = token.map { "&continuation-token=\($0.replacing("%", with: "%25"))" } ?? ""
                let page = s3("GET box?list-type=2&max-keys=\(size)\(delimiter)\(next)")
                keys += page.texts("Key")
                prefixes += page.texts("Prefix").dropFirst()
                token = page.texts("NextContinuationToken").first
                if token == nil { break }
            }
            #expect(keys == whole.texts("Key") && prefixes == Array(whole.texts("Prefix").dropFirst()))
        }
    }

    @Test("the older listing goes on from a marker")
    func older() {
        var s3 = stage()
        let first = s3("GET box?max-keys=2")
        #expect(first.texts("Key") == ["Z", "a/1"] && first.texts("NextMarker") == ["a/1"])
        #expect(s3("GET box?marker=a/1&max-keys=1").texts("Key") == ["a/2"])
    }

    @Test("an entry tells size, tag and time")
    func entry() {
        var s3 = stage()
        let answer = s3("GET box?list-type=2&prefix=Z")
        #expect(answer.texts("Size") == ["5"] && answer.texts("StorageClass") == ["STANDARD"])
        #expect(answer.texts("ETag") == ["\"827ccb0eea8a706c4c34a16891f84e7b\""])
        #expect(answer.texts("LastModified").first?.hasPrefix("2023-11-14T22:13:20") == true)
    }

    @Test(arguments: [
        ("max-keys=many", "400 InvalidArgument"), ("max-keys=-1", "400 InvalidArgument"),
        ("encoding-type=rot13", "400 InvalidArgument"), ("continuation-token=", "400 InvalidArgument"),
    ])
    func aListingIsRefused(_ query: String, _ outcome: String) {
        var s3 = stage()
        #expect(s3("GET box?list-type=2&\(query)").outcome == outcome)
    }

    @Test("several objects are deleted at once, each for itself")
    func deletion() {
        var s3 = stage()
        let answer = s3(
            "POST box?delete",
            body: """
                <Delete><Object><Key>Z</Key></Object><Object><Key>none</Key></Object>\
                <Object><Key>a/1</Key><ETag>"other"</ETag></Object></Delete>
                """)
        #expect(answer.texts("Key") == ["Z", "none", "a/1"])
        #expect(answer.texts("Code") == ["PreconditionFailed"])
        #expect(s3("GET box?list-type=2").texts("Key").contains("Z") == false)
        let quiet = s3(
            "POST box?delete", body: "<Delete><Quiet>true</Quiet><Object><Key>a/2</Key></Object></Delete>")
        #expect(quiet.texts("Key") == [])
        #expect(s3("POST box?delete", body: "<Delete></Delete>").outcome == "400 MalformedXML")
    }
}
