import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What the local cloud answers, beside what the APIs that others wrote answer to the same calls.
    ///
    /// Where they differ, ``KnownDisagreement/all`` says who is right, and why. The messages of refusals are not compared,
    /// nor is what only the local cloud tells.
    @Suite struct AgreementTests {
        @Test("The local cloud answers as moto and ministack do, but where it is known why not", Moto.isInstalled())
        func agreement() async throws {
            async let local = LocalEndpoint.run(clockRate: 30) {
                try await AgreementWalk.answers(of: $0.access, .local)
            }
            async let moto = Moto.run { try await AgreementWalk.answers(of: $0.access, .moto) }
            async let ministack = Ministack.run { try await AgreementWalk.answers(of: $0.access, .ministack) }
            let own = try await local
            let unsent = own.filter { $0.values["outcome"] == "Exception" }.map(\.call)
            #expect(unsent == [], "boto3 did not send what would make no sense")
            let found =
                Disagreement.all(of: own, with: try await moto, of: .moto)
                + Disagreement.all(of: own, with: try await ministack, of: .ministack)

            let unlisted = found.filter { disagreement in
                !KnownDisagreement.all.contains { $0.covers(disagreement) }
            }
            #expect(unlisted.isEmpty, "not listed:\n\(unlisted.map(\.description).joined(separator: "\n"))")
            let gone = KnownDisagreement.all.flatMap { known in
                known.apis.filter { api in !found.contains { $0.api == api && known.covers($0) } }
                    .map { "\($0): \(known.command) \(known.path)" }
            }
            #expect(gone.isEmpty, "listed, and not there any more:\n\(gone.joined(separator: "\n"))")
        }

        @Test("What an API chooses itself is not compared, and what a member names is found whatever its place")
        func flatness() {
            let answer: AttributeValue = [
                "Rules": [["RuleArn": "arn:aws:x:eu-west-1:123456789012:rule/web/0123456789abcdef"]],
                "tags": [["key": "b", "value": "2"], ["key": "a", "value": "1"]], "createdAt": 1.5, "failures": [],
            ]
            #expect(
                FlatAnswer("Describe", .success(answer)).values == [
                    "outcome": "done", "Rules.count": "1", "failures.count": "0", "createdAt": "TIME",
                    "Rules[0].RuleArn": #""arn:aws:x:REGION:ACCOUNT:rule/web/ID""#,
                    "tags[b].key": #""b""#, "tags[b].value": #""2""#, "tags[a].key": #""a""#,
                    "tags[a].value": #""1""#,
                ])
        }
    }
}
