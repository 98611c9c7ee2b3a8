import LoadBalancing
import TestSupport
import Testing

@Suite(.tags(.small))
struct RoutingTableTests {
    private static func answer(_ body: String) -> Action { .fixedResponse(FixedResponse(status: 200, body: body)) }

    private static func table(_ rules: [Rule]) -> RoutingTable {
        RoutingTable(
            ListenerConfiguration(address: "127.0.0.1", port: 80, rules: rules, defaultAction: answer("default")))
    }

    @Test("the first rule whose conditions are all met decides, and otherwise the default action")
    func order() {
        let table = Self.table([
            Rule(
                conditions: [.path([.wildcard("/a*")]), .method(["POST"])],
                action: Self.answer("POST to a")),
            Rule(conditions: [.path([.wildcard("/a*")])], action: Self.answer("a")),
            Rule(conditions: [.path([.wildcard("/ab")])], action: Self.answer("never")),
            Rule(conditions: [], action: Self.answer("rest")),
        ])
        #expect(table.action(for: WrittenRequest("POST http://h/ab")) == Self.answer("POST to a"))
        #expect(table.action(for: WrittenRequest("GET http://h/ab")) == Self.answer("a"))
        #expect(table.action(for: WrittenRequest("GET http://h/b")) == Self.answer("rest"))
        #expect(Self.table([]).action(for: WrittenRequest("http://h/")) == Self.answer("default"))
    }

    @Test("a value that cannot be understood never matches, and is reported with its rule")
    func problems() {
        let table = Self.table([
            Rule(conditions: [.path([.wildcard("/fine")])], action: Self.answer("fine")),
            Rule(
                conditions: [
                    .path([.regex("("), .regex("^/x$")]), .sourceIP([AddressBlock("10.0.0.0/33")]),
                    .query([QueryPattern(key: .regex("["), value: .wildcard("*"))]),
                ],
                action: Self.answer("wrong")),
        ])
        #expect(table.problems.map { "\($0.rule) \($0.value)" } == ["1 (", "1 10.0.0.0/33", "1 ["])
        #expect(table.action(for: WrittenRequest("http://h/x?a=b", from: "10.0.0.1")) == Self.answer("default"))
    }

    @Test(
        "a redirect is put together from the request",
        arguments: [
            (RedirectAction(isPermanent: true, scheme: "HTTPS", port: "443"), "https://a.test:443/x/y?q=1&r"),
            (RedirectAction(isPermanent: false), "http://a.test:8080/x/y?q=1&r"),
            (
                RedirectAction(isPermanent: false, host: "www.#{host}", path: "/new/#{path}", query: ""),
                "http://www.a.test:8080/new/x/y"
            ),
            (
                RedirectAction(isPermanent: false, path: "/#{host}/#{port}", query: "from=#{path}&#{query}"),
                "http://a.test:8080/a.test/8080?from=x/y&q=1&r"
            ),
            (RedirectAction(isPermanent: false, path: "/#{other}/#{", query: ""), "http://a.test:8080/#{other}/#{"),
        ])
    func redirect(_ action: RedirectAction, _ location: String) {
        #expect(action.location(for: WrittenRequest("http://a.test:8080/x/y?q=1&r")) == location)
    }

    @Test("what a request brings into a redirect is not expanded again")
    func redirectOnce() {
        let request = WrittenRequest("http://h/#{query}?#{path}")
        #expect(RedirectAction(isPermanent: true).location(for: request) == "http://h:80/#{query}?#{path}")
    }
}
