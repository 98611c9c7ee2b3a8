package import SigV4

extension World {
    /// What somebody signs with who has this key; `nil` for a key that nobody has, or that is not active.
    ///
    /// The credentials of a session are told after they have expired too: see ``expiry(of:)``.
    package func credentials(of accessKeyID: String) -> SigningCredentials? {
        guard let key = identity.keys[accessKeyID] else { return nil }
        switch key.holder {
        case .user(_, isActive: false): return nil
        case .user(_, isActive: true): return SigningCredentials(accessKeyID: key.id, secretAccessKey: key.secret)
        case .session(let session):
            return SigningCredentials(
                accessKeyID: key.id, secretAccessKey: key.secret, sessionToken: session.token)
        }
    }

    /// Who signs with this key.
    package func caller(of accessKeyID: String) -> Caller? {
        guard let key = identity.keys[accessKeyID] else { return nil }
        switch key.holder {
        case .user(let name, _):
            return identity[.user, name].map { user in
                Caller(accessKeyID: key.id, arn: user.arn(account), userID: user.id)
            }
        case .session(let session):
            return Caller(accessKeyID: key.id, arn: session.arn, userID: session.userID)
        }
    }

    /// From when on a key is refused with `ExpiredToken`; `nil` for one that is not of a session.
    package func expiry(of accessKeyID: String) -> Moment? {
        guard case .session(let session)? = identity.keys[accessKeyID]?.holder else { return nil }
        return session.expiresAt
    }
}
