import AWSClient
import Foundation
import TestSupport
import Testing

struct EndpointTests {
    struct RuleCase: Decodable {
        struct Parameters: Decodable {
            var Region: String?
            var UseFIPS: Bool?
            var UseDualStack: Bool?
            var Endpoint: String?
            var UseGlobalEndpoint: Bool?
            var Bucket: String?
            var ForcePathStyle: Bool?
            var Accelerate: Bool?
            var CopySource: String?
        }

        struct Expectation: Decodable {
            struct Endpoint: Decodable {
                struct Properties: Decodable {
                    struct Scheme: Decodable {
                        var signingRegion: String?
                    }

                    var authSchemes: [Scheme]?
                }

                var url: String
                var properties: Properties?
            }

            var endpoint: Endpoint?
            var error: String?
        }

        var id: String
        var service: String
        var params: Parameters
        var expect: Expectation

        /// STS's legacy mode is not used.
        var applies: Bool { service != "s3" && params.UseGlobalEndpoint != true }

        /// A bucket of a region by its name, where nothing is asked for that is not offered.
        var isOfBucket: Bool {
            service == "s3" && params.Bucket?.hasPrefix("arn:") == false && params.ForcePathStyle != true
                && params.Accelerate != true && params.Endpoint == nil && params.CopySource == nil
                && params.Region != "aws-global" && expect.endpoint?.url.contains(".s3express-") != true
                && params.UseGlobalEndpoint != true && params.Bucket?.contains("--") != true
                && expect.error?.contains("does not support FIPS") != true
        }
    }

    /// The endpoint prefixes of the services' models.
    private static let prefixes = [
        "elbv2": "elasticloadbalancing", "sso": "portal.sso", "sso-oidc": "oidc", "ecr": "api.ecr",
    ]

    @Test(TestData.isPresent())
    func followsTheEndpointRulesOfAWS() throws {
        let all = try JSONDecoder().decode([RuleCase].self, from: TestData.load("protocols/endpoints.json"))
        let cases = all.filter(\.applies)
        let passed = cases.count { passes($0) }
        TestData.report("endpoints, without S3 and STS's legacy mode", passed: passed, of: cases.count)
    }

    @Test(TestData.isPresent())
    func findsBucketsAsTheRulesOfS3Say() throws {
        let all = try JSONDecoder().decode([RuleCase].self, from: TestData.load("protocols/endpoints.json"))
        let cases = all.filter(\.isOfBucket)
        #expect(!cases.isEmpty)
        for rule in cases {
            let rules = EndpointRules(
                region: rule.params.Region, usesFIPS: rule.params.UseFIPS ?? false,
                usesDualStack: rule.params.UseDualStack ?? false)
            let endpoint = try? rules.endpoint(bucket: rule.params.Bucket ?? "")
            #expect(endpoint?.address.description == rule.expect.endpoint?.url, "\(rule.id)")
        }
    }

    private func passes(_ rule: RuleCase) -> Bool {
        let rules = EndpointRules(
            region: rule.params.Region, usesFIPS: rule.params.UseFIPS ?? false,
            usesDualStack: rule.params.UseDualStack ?? false, configured: rule.params.Endpoint)
        let endpoint = try? rules.endpoint(prefix: Self.prefixes[rule.service] ?? rule.service)
        #expect(endpoint?.address.description == rule.expect.endpoint?.url, "\(rule.id)")
        let region = rule.expect.endpoint?.properties?.authSchemes?.first?.signingRegion
        if let region { #expect(endpoint?.signingRegion == region, "\(rule.id)") }
        return endpoint?.address.description == rule.expect.endpoint?.url
    }

    @Test(arguments: [
        ("http://127.0.0.1:4566", "127.0.0.1:4566", ""),
        ("HTTPS://example.com:443/base/", "example.com", "/base"),
        ("http://[::1]:80", "[::1]", ""),
        ("https://[::1]:8443/a", "[::1]:8443", "/a"),
    ])
    func readsAddresses(_ url: String, _ authority: String, _ path: String) {
        let address = EndpointAddress(url)
        #expect(address?.authority == authority)
        #expect(address?.path == path)
    }

    @Test(arguments: ["", "localhost:80", "ftp://host", "http://", "http://host:0", "http://u:p@host", "http://h?x=1"])
    func refusesWhatIsNoAddress(_ url: String) {
        #expect(EndpointAddress(url) == nil)
        #expect(throws: EndpointError.invalidURL(url)) {
            try EndpointRules(region: "eu-west-1", configured: url).endpoint(prefix: "ecs")
        }
    }

    @Test func aRegionCannotRedirectCalls() {
        #expect(throws: EndpointError.invalidRegion("x.evil.example/")) {
            try EndpointRules(region: "x.evil.example/").endpoint(prefix: "ecs")
        }
    }

    @Test func aConfiguredEndpointIsNotAWS() throws {
        #expect(try !EndpointRules(region: nil, configured: "http://h").endpoint(prefix: "ecs").isAWS)
        #expect(try EndpointRules(region: "eu-west-1").endpoint(prefix: "ecs").isAWS)
    }
}
