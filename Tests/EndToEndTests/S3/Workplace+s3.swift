import TestBackends

extension Workplace {
    static let stateBucket = "acme-state"

    /// A project `race` with these resources, each empty, whose state is in a bucket that is there.
    static func withS3State<Result: Sendable>(
        _ resources: [(kind: String, name: String)], on access: AWSAccess, _ body: (Workplace) async throws -> Result
    ) async throws -> Result {
        try await with(on: access) { place in
            try place.write(
                """
                apiVersion: reconcile/v1
                kind: Project
                metadata: {name: race}
                spec:
                  environments:
                    production: {cloud: aws, region: \(access.region), state: s3://\(stateBucket)/race}

                """, to: "reconcile.yaml")
            let manifests = resources.map { kind, name in
                "apiVersion: reconcile/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: {}\n"
            }
            try place.write(manifests.joined(separator: "---\n"), to: "resources.yaml")
            try await place.makeBucket()
            return try await body(place)
        }
    }

    /// Has the environment `local` of an example, which then is on AWS, keep its state in a bucket.
    func keepStateInS3() async throws {
        try edit(
            "reconcile.yaml", "local: {cloud: local}", "local: {cloud: aws, state: s3://\(Self.stateBucket)/hello}")
        try await makeBucket()
    }

    private func makeBucket() async throws {
        try await aws(
            "s3api", "create-bucket", "--bucket", Self.stateBucket, "--create-bucket-configuration",
            "LocationConstraint=\(aws.access.region)")
    }
}
