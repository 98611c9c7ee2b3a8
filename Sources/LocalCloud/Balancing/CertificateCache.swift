import FoundationEssentials
import LoadBalancing
import Synchronization

/// The self-signed certificates of load balancers, one for each address, which stay the same over restarts so that a
/// browser needs to be told once.
final class CertificateCache: Sendable {
    private struct Entry: Codable {
        var chain: String
        var key: String
        /// Seconds since 1970.
        var since: Double
    }

    /// In seconds: well before the end of the certificate.
    private static let renewal = 300.0 * 86_400

    private let store: CloudStore?
    private let identities = Mutex<[String: TLSIdentity]>([:])

    init(store: CloudStore?) {
        self.store = store
    }

    func identity(for address: String) throws -> TLSIdentity {
        try identities.withLock { identities in
            if let identity = identities[address] { return identity }
            let identity = try load(address) ?? make(for: address)
            identities[address] = identity
            return identity
        }
    }

    private func load(_ address: String) throws -> TLSIdentity? {
        guard let text = try store?["certificate \(address)"] else { return nil }
        let entry = try RowCoding.decode(Entry.self, from: text)
        guard WallClock.secondsSince1970 - entry.since < Self.renewal else { return nil }
        return TLSIdentity(certificateChain: entry.chain, privateKey: entry.key)
    }

    private func make(for address: String) throws -> TLSIdentity {
        // A day earlier, for clients whose clocks are behind.
        let since = WallClock.secondsSince1970 - 86_400
        let identity = try TLSIdentity.selfSigned(
            for: [address, "localhost"], validSince: Date(timeIntervalSince1970: since))
        let entry = Entry(chain: identity.certificateChain, key: identity.privateKey, since: since)
        try store?.set("certificate \(address)", to: try RowCoding.encode(entry))
        return identity
    }
}
