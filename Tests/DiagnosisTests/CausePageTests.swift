import Foundation
import ResourceModel
import StateModel
import TestSupport
import Testing

@testable import Diagnosis

/// `docs/causes.md` is written from the causes and from the first scene of each: `RECONCILE_RECORD_SNAPSHOTS=1` writes it
/// anew.
@Suite(.tags(.small))
struct CausePageTests {
    private static let chapters: [(title: String, causes: [Cause])] = [
        ("Tasks cannot be started", Cause.starting), ("Tasks start and end", Cause.running),
        ("There is no room for tasks", Cause.placement), ("Tasks run, and get no requests", Cause.targets),
        ("The deployment does not go on", Cause.deploying),
    ]

    private static let introduction = """
        # Causes

        What `reconcile why`, and an apply that fails, can name as the cause. The word is in `cause` of `-o json`, and stays the
        same. Names, ports and paths are those of an example. Where several causes are seen, the first of this page is named;
        [the guide](guide.md#when-an-apply-fails) says where they are looked for.
        """

    /// What no scene in the local cloud shows, and why nothing there does it.
    /// `EndToEndTests.CauseCoverageTests` reads it from the page: all others have one.
    private static let unplayed: [(reason: String, causes: [String])] = [
        ("a task has as much disk as this machine", ["no-space-for-image"]),
        (
            "roles and policies are kept, and not evaluated",
            ["role-not-assumable", "secret-not-allowed", "execution-role-not-allowed"]
        ),
        ("volumes are kept, and not mounted", ["file-system-not-mounted"]),
        ("this machine has no room for as many tasks as a subnet has addresses", ["addresses-used-up"]),
        (
            "there is only Fargate's capacity, without quotas, and it neither ends nor interrupts tasks",
            [
                "spot-interruption", "instance-lost", "no-instances", "instances-too-small", "task-limit",
                "no-capacity", "cannot-launch",
            ]
        ),
        (
            "load balancers are ready within seconds, and lack nothing",
            ["load-balancer-failed", "load-balancer-stuck", "load-balancer-impaired"]
        ),
        ("security groups are described, and not enforced", ["load-balancer-not-reached"]),
        ("tasks have addresses of their own, never a load balancer's", ["target-address-unusable"]),
    ]

    private static let coverage = """
        ## Not seen in the local cloud

        Every other cause is named in a test in which it happens in the local cloud, to real tasks or to calls. These are tested with
        evidence in AWS's words only:

        | | in the local cloud |
        |---|---|
        """

    @Test func `the page of causes says what is said`() throws {
        #expect(Self.chapters.flatMap(\.causes).map(\.code) == Cause.all.map(\.code))
        let chapters = try Self.chapters.map { chapter in
            try "## \(chapter.title)\n\n" + chapter.causes.map(section).joined(separator: "\n\n")
        }
        let refusals = try "## A call is refused\n\n" + RefusalCause.all.map(section).joined(separator: "\n\n")
        let unplayed = Self.unplayed.map { reason, causes in
            "| \(causes.map { "`\($0)`" }.joined(separator: ", ")) | \(reason) |"
        }
        let coverage = ([Self.coverage] + unplayed).joined(separator: "\n")
        let page = ([Self.introduction] + chapters + [refusals, coverage]).joined(separator: "\n\n") + "\n"
        try Snapshot.expect(page, equals: "causes.md", in: TestData.projectDirectory.appending(path: "docs"))
    }

    private func section(of cause: Cause) throws -> String {
        let scene = try #require(CauseTests.scenes.first { $0.cause == cause.code })
        let explanation = try #require(explain(scene.evidence))
        return try section(explanation)
    }

    private func section(of refusal: RefusalCause) throws -> String {
        let code = refusal.fragments.first.map { $0.isEmpty ? "InvalidParameterException" : $0 + "Exception" } ?? ""
        let words = "ecs:CreateService: \(code): …"
        let address = ResourceAddress(kind: "Service", name: "web")
        return try section(try #require(explainRefusal(of: "ecs:CreateService", with: code, words, at: address)))
    }

    private func section(_ explanation: Explanation) throws -> String {
        // What supports it beside that differs from service to service.
        let seen = try #require(explanation.evidence.first)
        return """
            ### `\(explanation.cause)`

            \(sentence(explanation.sentence))

            Seen, for example: `\(seen)`

            What to do: \(sentence(explanation.remedy))
            """
    }

    private func sentence(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() + "." }
}
