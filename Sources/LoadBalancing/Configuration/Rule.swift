/// What is done with the requests that meet all its conditions.
package struct Rule: Sendable, Equatable {
    package var conditions: [Condition]
    package var action: Action

    package init(conditions: [Condition], action: Action) {
        self.conditions = conditions
        self.action = action
    }
}

/// Met when one of its values matches.
package enum Condition: Sendable, Equatable {
    /// Compared without regard to case, and without the port.
    case host([TextPattern])
    /// Compared with regard to case, and without the query.
    case path([TextPattern])
    case method([String])
    /// The address of the peer, not of what headers claim.
    case sourceIP([AddressBlock])
    /// Values compared without regard to case.
    case header(name: String, [TextPattern])
    /// Compared without regard to case.
    case query([QueryPattern])
}

/// A text with `*` for any characters and `?` for one, or a regular expression.
package enum TextPattern: Sendable, Hashable {
    case wildcard(String)
    case regex(String)
}

/// A parameter of a query.
package struct QueryPattern: Sendable, Hashable {
    /// `nil`: whatever its name.
    package var key: TextPattern?
    package var value: TextPattern

    package init(key: TextPattern?, value: TextPattern) {
        self.key = key
        self.value = value
    }
}

/// The addresses that share a prefix, as in `10.0.0.0/8`.
package struct AddressBlock: Sendable, Hashable {
    package var description: String
    package init(_ description: String) { self.description = description }
}

/// What becomes of a request.
package enum Action: Sendable, Equatable {
    case forward(ForwardAction)
    case redirect(RedirectAction)
    case fixedResponse(FixedResponse)
}

/// Sends to one of several target groups by weight.
package struct ForwardAction: Sendable, Equatable {
    package struct Destination: Sendable, Hashable {
        package var targetGroup: TargetGroupID
        /// From 0, which receives nothing.
        package var weight: Int

        package init(_ targetGroup: TargetGroupID, weight: Int = 1) {
            self.targetGroup = targetGroup
            self.weight = weight
        }
    }

    package var destinations: [Destination]
    /// For how long a client stays with the target group it was given; `nil`: no longer than the request.
    package var stickiness: Duration?

    package init(_ destinations: [Destination], stickiness: Duration? = nil) {
        self.destinations = destinations
        self.stickiness = stickiness
    }
}

/// Each part may contain `#{protocol}`, `#{host}`, `#{port}`, `#{path}` (without its slash) and `#{query}`.
package struct RedirectAction: Sendable, Hashable {
    package var isPermanent: Bool
    package var scheme: String
    package var host: String
    package var port: String
    package var path: String
    package var query: String

    package init(
        isPermanent: Bool, scheme: String = "#{protocol}", host: String = "#{host}", port: String = "#{port}",
        path: String = "/#{path}", query: String = "#{query}"
    ) {
        self.isPermanent = isPermanent
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
    }
}

package struct FixedResponse: Sendable, Hashable {
    package var status: Int
    package var contentType: String
    package var body: String

    package init(status: Int, contentType: String = "text/plain", body: String = "") {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
