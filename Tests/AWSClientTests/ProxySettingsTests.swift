import AWSClient
import Testing

struct ProxySettingsTests {
    @Test(arguments: [
        ("https://ecs.eu-west-1.amazonaws.com", "secure"), ("http://example.com", "plain"),
        ("https://internal.corp", nil), ("https://a.internal.corp", nil), ("https://xinternal.corp", "secure"),
        ("http://127.0.0.1:4566", nil), ("https://localhost", nil),
    ])
    func decidesWhatGoesThroughAProxy(_ url: String, _ proxy: String?) throws {
        let settings = try ProxySettings([
            "HTTP_PROXY": "plain:3128", "https_proxy": "http://user:p%40ss@secure:3129", "HTTPS_PROXY": "ignored:1",
            "NO_PROXY": "other, internal.corp",
        ])
        let address = try #require(EndpointAddress(url))
        #expect(settings.proxy(for: address)?.address.host == proxy)
        #expect(settings.https?.login == "user:p@ss")
    }

    @Test func aProxyThatCannotBeReadIsNotIgnored() {
        #expect(throws: EndpointError.invalidURL("socks5://proxy:1")) {
            try ProxySettings(["http_proxy": "socks5://user:secret@proxy:1"])
        }
    }
}
