/// Whose cloud it is, and where: what stands in every ARN.
package struct Account: Sendable, Hashable, Codable {
    /// Twelve digits.
    package var id: String
    package var region: String

    package init(id: String = "000000000000", region: String = "local-1") {
        self.id = id
        self.region = region
    }

    /// `arn:aws:ecs:local-1:000000000000:cluster/hello`
    package func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(region):\(id):\(resource)"
    }

    /// An ARN of a service that knows no regions.
    package func globalARN(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service)::\(id):\(resource)"
    }

    package var zones: [String] { ["a", "b", "c"].map { region + $0 } }
}
