package import SigV4

/// A key that somebody may sign with.
package struct AccessKey: Sendable, Hashable {
    package var credentials: SigningCredentials
    package var caller: Caller
    /// Whether it was of a session that is over.
    package var isExpired: Bool

    package init(credentials: SigningCredentials, caller: Caller, isExpired: Bool = false) {
        self.credentials = credentials
        self.caller = caller
        self.isExpired = isExpired
    }
}

extension World {
    /// A key of a user or a session; `nil` for one that is nobody's.
    func accessKey(_ id: String, at now: Moment) -> AccessKey? {
        guard let credentials = credentials(of: id), let caller = caller(of: id) else { return nil }
        return AccessKey(
            credentials: credentials, caller: caller, isExpired: expiry(of: id).map { $0 <= now } ?? false)
    }
}

/// The keys of the account's root user, made when the cloud is first started.
struct RootKey: Sendable, Hashable {
    var accessKeyID: String
    var secretAccessKey: String

    /// - Throws: what went wrong with the file.
    static func load(from store: CloudStore) throws -> RootKey {
        if let id = try store["accessKeyID"], let secret = try store["secretAccessKey"] {
            return RootKey(accessKeyID: id, secretAccessKey: secret)
        }
        let key = RootKey(
            accessKeyID: "AKIA" + text(16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            secretAccessKey: text(40, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
        try store.set("accessKeyID", to: key.accessKeyID)
        try store.set("secretAccessKey", to: key.secretAccessKey)
        return key
    }

    func accessKey(of account: Account) -> AccessKey {
        AccessKey(
            credentials: SigningCredentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey),
            caller: Caller(accessKeyID: accessKeyID, arn: account.globalARN("iam", "root"), userID: account.id))
    }

    private static func text(_ length: Int, of alphabet: String) -> String {
        let alphabet = Array(alphabet)
        return String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices)] })
    }
}
