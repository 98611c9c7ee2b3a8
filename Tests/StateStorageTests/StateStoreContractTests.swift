import AWSClient
import AttributeTree
import Foundation
import Logging
import Reconciliation
import StateStorage
import TestBackends
import TestSupport
import Testing

/// Every store against ``StateStoreContract``.
@Suite(.tags(.medium))
struct StateStoreContractTests {
    @Test(arguments: StateStoreContract.allCases)
    func aStoreInMemory(clause: StateStoreContract) async throws {
        let store = InMemoryStateStore()
        try await clause.check { store }
    }

    @Test(arguments: StateStoreContract.allCases)
    func aStoreInASQLiteFile(clause: StateStoreContract) async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("state.sqlite")
            try await clause.check { try SQLiteStateStore(path: path) }
        }
    }

    @Test(arguments: StateStoreContract.allCases)
    func aStoreInABucket(clause: StateStoreContract) async throws {
        let bucket = InMemoryBucket()
        try await clause.check { bucket.store() }
    }

    @Test(Moto.isInstalled())
    func aStoreInABucketOfMoto() async throws {
        try await Moto.run { try await check(on: $0.access, $0.aws) }
    }

    @Test(Ministack.isInstalled())
    func aStoreInABucketOfMinistackWhichChecksSignatures() async throws {
        try await Ministack.run(authenticating: true) { try await check(on: $0.access, $0.aws) }
    }

    @Test(PythonPrograms.areInstalled())
    func aStoreInABucketOfTheLocalCloud() async throws {
        try await LocalEndpoint.run { try await check(on: $0.access, AWSCLI($0.access)) }
    }

    private func check(on access: AWSAccess, _ aws: AWSCLI) async throws {
        try await aws(
            "s3api", "create-bucket", "--bucket", "acme-state", "--create-bucket-configuration",
            "LocationConstraint=\(access.region)")
        let settings = ClientSettings(environment: access.environment, shared: .none)
        try await AsyncHTTPTransport.withTransport { transport in
            let client = APIClient(settings: settings, credentials: CredentialChain(settings), transport: transport)
            for clause in StateStoreContract.allCases {
                try await clause.check {
                    S3StateStore(
                        in: S3Bucket("acme-state", client: client), named: "acme-state",
                        prefix: "with space/\(clause.rawValue)", project: "hello", environment: "production")
                }
            }
        }
    }
}
