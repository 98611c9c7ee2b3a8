import SigV4

/// From a service and a region to an address, as AWS's endpoint rules say.
package struct EndpointRules: Sendable, Hashable {
    package var region: String?
    package var usesFIPS: Bool
    package var usesDualStack: Bool
    /// An address that takes the place of AWS's own.
    package var configured: String?

    package init(region: String?, usesFIPS: Bool = false, usesDualStack: Bool = false, configured: String? = nil) {
        self.region = region
        self.usesFIPS = usesFIPS
        self.usesDualStack = usesDualStack
        self.configured = configured
    }

    /// The endpoint of a service.
    ///
    /// - Parameter prefix: The endpoint prefix of the service's model, such as `elasticloadbalancing`.
    package func endpoint(prefix: String) throws(EndpointError) -> Endpoint {
        if let configured { return try configuredEndpoint(configured) }
        guard let region else { throw .missingRegion }
        guard Self.isHostLabel(region) else { throw .invalidRegion(region) }
        let partition = Partition(region: region)
        if let endpoint = globalEndpoint(prefix, region, partition) { return endpoint }
        let domain = usesDualStack ? partition.dualStackDomain : partition.domain
        let host = "\(name(of: prefix, in: partition)).\(region).\(domain)"
        return Endpoint(address: EndpointAddress(host: host), signingRegion: region, isAWS: true)
    }

    /// The endpoint of a bucket of S3: a host of its own on AWS, a path at a server that was configured in its place, and
    /// where the bucket's name has a dot: no certificate covers such a host.
    package func endpoint(bucket: String) throws(EndpointError) -> Endpoint {
        if let configured {
            var endpoint = try configuredEndpoint(configured)
            endpoint.address.path += "/" + PercentEncoding.encode(bucket)
            return endpoint
        }
        guard let region else { throw .missingRegion }
        guard Self.isHostLabel(region) else { throw .invalidRegion(region) }
        let partition = Partition(region: region)
        let service = "s3\(usesFIPS ? "-fips" : "")\(usesDualStack ? ".dualstack" : "")"
        let host = "\(service).\(region).\(partition.domain)"
        let address =
            bucket.utf8.count >= 3 && Self.isHostLabel(bucket) && bucket == bucket.lowercased()
            ? EndpointAddress(host: "\(bucket).\(host)")
            : EndpointAddress(host: host, path: "/" + PercentEncoding.encode(bucket))
        return Endpoint(address: address, signingRegion: region, isAWS: true)
    }

    private func configuredEndpoint(_ url: String) throws(EndpointError) -> Endpoint {
        guard !usesFIPS else { throw .fipsWithConfiguredEndpoint }
        guard !usesDualStack else { throw .dualStackWithConfiguredEndpoint }
        guard let address = EndpointAddress(url) else { throw .invalidURL(url) }
        return Endpoint(address: address, signingRegion: region ?? Partition.aws.globalRegion, isAWS: false)
    }

    /// IAM has one endpoint a partition, and `aws-global` stands for the one STS had before regions.
    private func globalEndpoint(_ prefix: String, _ region: String, _ partition: Partition) -> Endpoint? {
        let host: String
        switch (prefix, partition.id) {
        case ("sts", "aws") where region == "aws-global": host = "sts.amazonaws.com"
        case ("iam", let id): host = Self.iamHost(partition, id, usesFIPS: usesFIPS, usesDualStack: usesDualStack)
        default: return nil
        }
        return Endpoint(
            address: EndpointAddress(host: host), signingRegion: partition.globalRegion, isAWS: true)
    }

    private static func iamHost(_ partition: Partition, _ id: String, usesFIPS: Bool, usesDualStack: Bool) -> String {
        switch (id, usesFIPS, usesDualStack) {
        case ("aws-us-gov", _, let dualStack): "iam.us-gov.\(dualStack ? partition.dualStackDomain : partition.domain)"
        case ("aws", let fips, false): fips ? "iam-fips.amazonaws.com" : "iam.amazonaws.com"
        case ("aws", let fips, true): "iam\(fips ? "-fips" : "").global.\(partition.dualStackDomain)"
        case ("aws-iso", true, false), ("aws-iso-b", true, false):
            "iam-fips.\(partition.globalRegion).\(partition.domain)"
        case (_, true, let dualStack): "iam-fips.\(dualStack ? partition.dualStackDomain : partition.domain)"
        case (_, false, true): "iam.global.\(partition.dualStackDomain)"
        case (_, false, false): "iam.\(partition.globalRegion).\(partition.domain)"
        }
    }

    /// In GovCloud every endpoint is a FIPS one, under its plain name; ECS and ECR kept separate names.
    private func name(of prefix: String, in partition: Partition) -> String {
        let isPlain = partition.id == "aws-us-gov" && !usesDualStack && !["ecs", "api.ecr"].contains(prefix)
        let base = prefix == "api.ecr" && usesDualStack ? "ecr" : prefix
        return usesFIPS && !isPlain ? "\(base)-fips" : base
    }

    /// A region becomes part of a host name: anything else could redirect calls elsewhere.
    private static func isHostLabel(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
