import AttributeTree
import Reconciliation
import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import AWSKinds

@Suite("The way to the tasks of a service", .tags(.small))
struct ServiceRouteTests {
    private func recorded(
        _ kind: KindName, _ name: String, _ attributes: AttributeValue, properties: [String: String] = [:]
    ) -> (ResourceAddress, RecordedResource) {
        let address = ResourceAddress(kind: kind, name: name)
        return (
            address,
            RecordedResource(
                address: address, identity: ResourceIdentity(id: "arn:\(name)", properties: properties),
                cloudName: name, attributes: attributes, phase: .final)
        )
    }

    private func route(_ listeners: [(String, AttributeValue)], group: AttributeValue = [:]) -> ServiceRoute? {
        let fixed = [
            recorded(.loadBalancer, "front", [:], properties: ["dnsName": "front.example"]),
            recorded(.targetGroup, "web", group),
        ]
        let all = fixed + listeners.map { recorded(.listener, $0.0, $0.1) }
        return ServiceRoute.find(to: ["arn:web"], Dictionary(uniqueKeysWithValues: all))
    }

    private func listener(_ name: String, _ port: Int, weight: Int = 1) -> (String, AttributeValue) {
        let action: AttributeValue = [
            "type": "forward", "forwardConfig": ["targetGroups": [["targetGroup": "web", "weight": .int(weight)]]],
        ]
        return (
            "\(name)-\(port)",
            [
                "loadBalancer": "front", "protocol": .string(name), "port": .int(port), "defaultActions": [action],
            ]
        )
    }

    @Test func `it leads through a listener that forwards, by the path of the health check`() {
        let route = route(
            [listener("HTTP", 80)], group: ["healthCheckPath": "/up", "matcher": ["httpCode": "200,302"]])
        #expect(route?.request.url == "http://front.example/up")
        #expect(route?.expected == StatusMatcher("200,302"))
    }

    @Test func `one without TLS goes before one with it`() {
        #expect(route([listener("HTTPS", 443), listener("HTTP", 8080)])?.request.url == "http://front.example:8080/")
        #expect(route([listener("HTTPS", 443)])?.request.url == "https://front.example/")
    }

    @Test func `a target group without weight, or behind a listener that speaks no HTTP, cannot be asked`() {
        #expect(route([listener("HTTP", 80, weight: 0)]) == nil)
        #expect(route([listener("TCP", 80)]) == nil)
        #expect(route([]) == nil)
    }

    @Test(arguments: [
        ("200", [200], [201, 503]), ("200-299", [200, 204, 299], [300]), ("200,302", [200, 302], [301]),
        ("200-204, 301", [203, 301], [302]), ("nonsense", [], [200]),
    ])
    func `a matcher is what AWS takes for one`(text: String, good: [Int], bad: [Int]) {
        let matcher = StatusMatcher(text)
        #expect(good.allSatisfy(matcher.matches))
        #expect(!bad.contains(where: matcher.matches))
    }
}
