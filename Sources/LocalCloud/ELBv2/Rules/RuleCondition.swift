/// What a request has to be like; one of the values suffices.
struct RuleCondition: Sendable, Codable, Hashable {
    enum Field: String, Sendable, Codable, CaseIterable {
        case path = "path-pattern", host = "host-header", header = "http-header", method = "http-request-method"
        case query = "query-string", sourceIP = "source-ip"

        /// Whether a rule may have more than one condition of this kind.
        var isRepeatable: Bool { self == .header || self == .query }
        /// The member of a condition that holds its values.
        var configuration: String {
            switch self {
            case .path: "PathPatternConfig"
            case .host: "HostHeaderConfig"
            case .header: "HttpHeaderConfig"
            case .method: "HttpRequestMethodConfig"
            case .query: "QueryStringConfig"
            case .sourceIP: "SourceIpConfig"
            }
        }
    }

    struct QueryPair: Sendable, Codable, Hashable {
        var key: String?
        var value: String
    }

    var field: Field
    var values: [String] = []
    var regexValues: [String] = []
    /// Of a header condition.
    var headerName: String?
    /// Of a query condition.
    var pairs: [QueryPair] = []
}
