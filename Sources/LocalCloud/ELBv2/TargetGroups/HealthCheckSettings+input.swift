import AttributeTree

extension HealthCheckSettings {
    /// What `CreateTargetGroup` begins with. AWS documents six seconds as the timeout of HTTP, and gives five.
    static let initial = HealthCheckSettings(
        protocol: .http, port: nil, path: "/", interval: 30, timeout: 5, healthyThreshold: 5, unhealthyThreshold: 2,
        matcher: .ok)

    /// With what a call says put in.
    func changed(by input: AttributeValue, of type: TargetGroupRecord.TargetType) throws(CloudFault) -> Self {
        var result = self
        if input["HealthCheckEnabled"] == false {
            throw .invalidConfiguration(
                "Health check enabled must be true for target groups with target type '\(type.rawValue)'")
        }
        if let name = input.text("HealthCheckProtocol") {
            guard let known = ApplicationProtocol(rawValue: name) else {
                throw .invalidConfiguration("Health check protocol '\(name)' must be one of 'HTTP, HTTPS'")
            }
            result.protocol = known
        }
        if let port = input.text("HealthCheckPort") { result.port = try Self.port(port) }
        if let path = input.text("HealthCheckPath") {
            guard path.hasPrefix("/") else {
                throw .validation("Health check path '\(path)' must begin with a '/' character")
            }
            result.path = path
        }
        result.interval = input["HealthCheckIntervalSeconds"]?.intValue ?? interval
        result.timeout = input["HealthCheckTimeoutSeconds"]?.intValue ?? timeout
        result.healthyThreshold = input["HealthyThresholdCount"]?.intValue ?? healthyThreshold
        result.unhealthyThreshold = input["UnhealthyThresholdCount"]?.intValue ?? unhealthyThreshold
        if let matcher = input["Matcher"] { result.matcher = try Self.matcher(matcher) }
        guard result.timeout < result.interval else {
            throw .validation(
                "Health check timeout '\(result.timeout)' must be smaller than the interval '\(result.interval)'")
        }
        return result
    }

    private static func port(_ text: String) throws(CloudFault) -> Int? {
        if text == "traffic-port" { return nil }
        guard let port = Int(text), (1...65535).contains(port) else {
            throw .validation("Health check port '\(text)' must be either 'traffic-port' or in the range 1 to 65535")
        }
        return port
    }

    private static func matcher(_ input: AttributeValue) throws(CloudFault) -> StatusMatcher {
        if input.says("GrpcCode") { throw .notImitated("health checks of gRPC") }
        let text = input.text("HttpCode") ?? ""
        guard let matcher = StatusMatcher(text) else {
            throw .validation(
                "Health check matcher HTTP code '\(text)' must consist of codes from 200 to 499, "
                    + "as in '200,202' and '200-299'")
        }
        return matcher
    }
}
