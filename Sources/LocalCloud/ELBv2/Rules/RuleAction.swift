/// What becomes of a request, and the place of the action among others, which is all that AWS does with it.
struct RuleAction: Sendable, Codable, Hashable {
    enum Kind: Sendable, Codable, Hashable {
        case forward(Forward)
        case redirect(Redirect)
        case fixedResponse(FixedReply)
    }

    struct Forward: Sendable, Codable, Hashable {
        struct Destination: Sendable, Codable, Hashable {
            var targetGroupARN: String
            var weight: Int
        }

        var destinations: [Destination]
        var isSticky: Bool
        /// In seconds.
        var stickinessDuration: Int?
    }

    struct Redirect: Sendable, Codable, Hashable {
        /// HTTP_301 or HTTP_302.
        var status: String
        var scheme: String
        var host: String
        var port: String
        var path: String
        var query: String
    }

    struct FixedReply: Sendable, Codable, Hashable {
        var status: Int
        var contentType: String?
        var body: String?
    }

    var kind: Kind
    var order: Int

    var targetGroupARNs: [String] {
        if case .forward(let forward) = kind { forward.destinations.map(\.targetGroupARN) } else { [] }
    }
}
