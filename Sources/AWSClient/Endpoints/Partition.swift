/// A group of regions that share a domain.
package struct Partition: Sendable, Hashable {
    package var id: String
    /// What the names of its regions begin with.
    var regionPrefixes: [String]
    var domain: String
    var dualStackDomain: String
    /// The region that signs for services without regions.
    var globalRegion: String

    /// The partition of a region; regions nobody knows yet are taken to be of `aws`.
    package init(region: String) {
        self =
            Self.others.first { $0.regionPrefixes.contains { region.hasPrefix($0) } || region == "\($0.id)-global" }
            ?? Self.aws
    }

    private init(_ id: String, _ prefixes: [String], _ domain: String, _ dualStackDomain: String, _ global: String) {
        self.id = id
        regionPrefixes = prefixes
        self.domain = domain
        self.dualStackDomain = dualStackDomain
        globalRegion = global
    }

    static let aws = Partition("aws", [], "amazonaws.com", "api.aws", "us-east-1")

    private static let others = [
        Partition("aws-cn", ["cn-"], "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-north-1"),
        Partition("aws-us-gov", ["us-gov-"], "amazonaws.com", "api.aws", "us-gov-west-1"),
        Partition("aws-iso", ["us-iso-"], "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"),
        Partition("aws-iso-b", ["us-isob-"], "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"),
        Partition("aws-iso-e", ["eu-isoe-"], "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"),
        Partition("aws-iso-f", ["us-isof-"], "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"),
        Partition("aws-eusc", ["eusc-"], "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"),
    ]
}
