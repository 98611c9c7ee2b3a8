/// Users and roles, and the keys that sign for them; the root user's is kept elsewhere.
package struct IdentityState: Sendable {
    private var principals = Table<PrincipalRecord>("identity.principals")
    package var keys = Table<KeyRecord>("identity.keys")

    package init() {}

    package subscript(kind: PrincipalRecord.Kind, name: String) -> PrincipalRecord? {
        get { principals[Self.key(kind, name)] }
        set { principals[Self.key(kind, name)] = newValue }
    }

    package func all(_ kind: PrincipalRecord.Kind) -> [PrincipalRecord] {
        principals.values.filter { $0.kind == kind }.sorted { $0.name < $1.name }
    }

    /// The keys of a user, oldest first.
    package func keys(ofUser name: String) -> [KeyRecord] {
        keys.values.filter { key in
            if case .user(name, _) = key.holder { true } else { false }
        }
    }

    // Names differ by more than case.
    private static func key(_ kind: PrincipalRecord.Kind, _ name: String) -> String {
        "\(kind.rawValue)/\(name.lowercased())"
    }
}

extension IdentityState: PersistentTables {
    package static var tables: [TablePath<Self>] {
        [TablePath(\.principals), TablePath(\.keys)]
    }
}
