import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct ConditionTests {
    /// A condition, and what meets it and what does not.
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var condition: Condition
        var met: [String]
        var unmet: [String]
    }

    @Test(arguments: [
        Example(
            testDescription: "a host is compared without regard to case",
            condition: .host([.wildcard("*.Example.com"), .wildcard("a?c.test")]),
            met: ["http://www.EXAMPLE.com/", "http://a.b.example.com:8080/", "http://abc.test/"],
            unmet: ["http://example.com/", "http://www.example.com.evil/", "http://ac.test/"]),
        Example(
            testDescription: "a path is compared with regard to case, whole and without the query",
            condition: .path([.wildcard("/img/*"), .wildcard("/exact")]),
            met: ["http://h/img/", "http://h/img/a/b?x=/", "http://h/exact?q"],
            unmet: ["http://h/IMG/a", "http://h/img", "http://h/exact/", "http://h/?/exact"]),
        Example(
            testDescription: "a path is compared as it was sent",
            condition: .path([.wildcard("/a b"), .wildcard("/c%2Fd")]),
            met: ["http://h/c%2Fd"], unmet: ["http://h/a%20b", "http://h/c%2fd", "http://h/c/d"]),
        Example(
            testDescription: "`?` stands for exactly one character",
            condition: .path([.wildcard("/v?/x")]),
            met: ["http://h/v1/x"], unmet: ["http://h/v/x", "http://h/v12/x"]),
        Example(
            testDescription: "a method is compared exactly",
            condition: .method(["GET", "CUSTOM"]),
            met: ["GET http://h/", "CUSTOM http://h/"], unmet: ["get http://h/", "HEAD http://h/"]),
        Example(
            testDescription: "a parameter matches by name and value, without regard to case",
            condition: .query([QueryPattern(key: .wildcard("version"), value: .wildcard("v1*"))]),
            met: ["http://h/?version=v1", "http://h/?a=b&VERSION=V1.2"],
            unmet: ["http://h/", "http://h/?version=v2", "http://h/?version", "http://h/?v1", "http://h/?x=version=v1"]),
        Example(
            testDescription: "a value without a name matches any parameter",
            condition: .query([QueryPattern(key: nil, value: .wildcard("*debug*"))]),
            met: ["http://h/?a=debugging", "http://h/?debug", "http://h/?x=1&y=no-debug"],
            unmet: ["http://h/?debug=1", "http://h/debug"]),
        Example(
            testDescription: "a wildcard of a query behind a backslash is an ordinary character",
            condition: .query([QueryPattern(key: .wildcard("q"), value: .wildcard(#"a\*\?*"#))]),
            met: ["http://h/?q=a*?", "http://h/?q=a*?b"], unmet: ["http://h/?q=abc", "http://h/?q=ab?"]),
        Example(
            testDescription: "a regular expression is looked for anywhere, with regard to case in a path",
            condition: .path([.regex("^/api/v[0-9]+/"), .regex("[.]png$")]),
            met: ["http://h/api/v12/x", "http://h/a/b.png"], unmet: ["http://h/API/v1/x", "http://h/b.png/c"]),
        Example(
            testDescription: "a regular expression for a host has no regard to case",
            condition: .host([.regex("^(www|web)[.]example[.]com$")]),
            met: ["http://WEB.example.com/"], unmet: ["http://web-example.com/"]),
        Example(
            testDescription: "a condition without values is never met",
            condition: .path([]), met: [], unmet: ["http://h/"]),
    ])
    func isMet(_ example: Example) {
        let condition = CompiledCondition(example.condition)
        #expect(condition.invalidValues == [])
        for request in example.met { #expect(condition.isMet(by: WrittenRequest(request)), "\(request)") }
        for request in example.unmet { #expect(!condition.isMet(by: WrittenRequest(request)), "\(request)") }
    }

    @Test("each of several headers of one name may meet the condition, without regard to case")
    func headers() {
        let condition = CompiledCondition(.header(name: "User-Agent", [.wildcard("*chrome*"), .wildcard("curl/?")]))
        func isMet(_ values: String...) -> Bool {
            condition.isMet(by: WrittenRequest("http://h/", headers: values.map { ("user-agent", $0) }))
        }
        #expect(isMet("Mozilla Chrome/1"))
        #expect(isMet("other", "CURL/8"))
        #expect(!isMet("curl/88"))
        #expect(!isMet())
        let other = WrittenRequest("http://h/", headers: [("x-agent", "curl/8")])
        #expect(!condition.isMet(by: other))
    }

    @Test("the address of the peer counts, whatever headers say")
    func sourceAddress() {
        let condition = CompiledCondition(.sourceIP([AddressBlock("10.1.0.0/16"), AddressBlock("2001:db8::/32")]))
        let claim = [(name: "x-forwarded-for", value: "10.1.2.3")]
        #expect(condition.isMet(by: WrittenRequest("http://h/", from: "10.1.255.255")))
        #expect(condition.isMet(by: WrittenRequest("http://h/", from: "2001:db8:1::1")))
        #expect(!condition.isMet(by: WrittenRequest("http://h/", headers: claim, from: "10.2.0.0")))
        var request = WrittenRequest("http://h/")
        request.peer = nil
        #expect(!condition.isMet(by: request))
    }
}
