/// Where the calls of one service go, and how they are signed.
package struct Endpoint: Sendable, Hashable {
    package var address: EndpointAddress
    package var signingRegion: String
    /// Whether it is AWS itself, whose rates are known, and not a server that was configured in its place.
    package var isAWS: Bool

    package init(address: EndpointAddress, signingRegion: String, isAWS: Bool) {
        self.address = address
        self.signingRegion = signingRegion
        self.isAWS = isAWS
    }
}

/// Why there is no endpoint.
package enum EndpointError: Error, Sendable, Hashable, CustomStringConvertible {
    case missingRegion
    case invalidRegion(String)
    case invalidURL(String)
    case fipsWithConfiguredEndpoint
    case dualStackWithConfiguredEndpoint

    package var description: String {
        switch self {
        case .missingRegion:
            "no AWS region; set region in the environment of the project, or AWS_REGION, or region in the AWS profile"
        case .invalidRegion(let region): "\"\(region)\" is not the name of an AWS region"
        case .invalidURL(let url): "\"\(url)\" is not an endpoint such as https://host:port"
        case .fipsWithConfiguredEndpoint: "FIPS and a configured endpoint exclude each other"
        case .dualStackWithConfiguredEndpoint: "dual stack and a configured endpoint exclude each other"
        }
    }
}
