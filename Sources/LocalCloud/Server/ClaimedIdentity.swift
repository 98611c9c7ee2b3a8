import AWSModel
import SigV4

/// What a request says of who signed it and for which service, before anything of it is believed: by it the service is
/// found that is to answer.
struct ClaimedIdentity: Sendable, Hashable {
    var accessKeyID: String
    var region: String
    /// The signing name: `elasticloadbalancing`.
    var service: String

    /// `nil` where the request is not signed, or not readably.
    init?(_ request: WireRequest) {
        guard let credential = Self.credential(in: request) else { return nil }
        let parts = credential.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5 else { return nil }
        accessKeyID = String(parts[0])
        region = String(parts[2])
        service = String(parts[3])
    }

    private static func credential(in request: WireRequest) -> String? {
        if let authorization = request.headers["Authorization"] {
            return authorization.firstRange(of: "Credential=").map { found in
                String(authorization[found.upperBound...].prefix { $0 != "," && $0 != " " })
            }
        }
        let parameter = (request.query ?? "").split(separator: "&").first { $0.hasPrefix("X-Amz-Credential=") }
        return parameter.map { String(decoding: PercentEncoding.decode($0.dropFirst(17)), as: UTF8.self) }
    }
}
