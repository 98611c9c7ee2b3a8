/// A key that a user or a session signs with.
package struct KeyRecord: Sendable, Codable {
    package enum Holder: Sendable, Codable, Hashable {
        /// For as long as it is active.
        case user(name: String, isActive: Bool)
        /// With a token, until it expires.
        case session(Session)
    }

    package struct Session: Sendable, Codable, Hashable {
        package var token: String
        package var expiresAt: Moment
        /// Who it is: `arn:aws:sts::…:assumed-role/…`
        package var arn: String
        package var userID: String

        package init(token: String, expiresAt: Moment, arn: String, userID: String) {
            self.token = token
            self.expiresAt = expiresAt
            self.arn = arn
            self.userID = userID
        }
    }

    /// `AKIA…`, or `ASIA…` for a session.
    package var id: String
    package var secret: String
    package var createdAt: Moment
    package var holder: Holder

    package init(id: String, secret: String, createdAt: Moment, holder: Holder) {
        self.id = id
        self.secret = secret
        self.createdAt = createdAt
        self.holder = holder
    }
}
