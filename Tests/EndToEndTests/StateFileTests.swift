import AttributeTree
import Foundation
import TestBackends
import Testing

extension EndToEndTests {
    /// A state file that cannot be used, and what is recorded in one that can.
    @Suite struct StateFileTests {
        @Test("A state file that cannot be read is refused, named, and left as it is", arguments: Damage.allCases)
        func refusal(damage: Damage) async throws {
            let access = AWSAccess(port: try FreePort.find(), accessKeyID: "test", secretAccessKey: "test")
            try await Workplace.with("hello", on: access) { place in
                let state = place.directory.appending(path: "manifests/.reconcile/hello-local.sqlite")
                try FileManager.default.createDirectory(
                    at: state.deletingLastPathComponent(), withIntermediateDirectories: true)
                try await place.reconcile("history").expect(status: 0)
                try damage.inflict(on: state)
                let before = try? Data(contentsOf: state)
                for command in [["plan"], ["apply", "--yes"], ["history"], ["status"]] {
                    let outcome = try await place.reconcile(command).expect(status: 1)
                    #expect(outcome.errors.contains(damage.message), "\(outcome.errors)")
                    #expect(outcome.errors.contains("hello-local.sqlite"), "\(outcome.errors)")
                }
                #expect((try? Data(contentsOf: state)) == before)
            }
        }

        enum Damage: String, CaseIterable, Sendable {
            case corrupted, cutOff, fromALaterVersion, unreadable

            var message: String {
                switch self {
                case .corrupted, .cutOff: "is damaged"
                case .fromALaterVersion: "was written by a later version of reconcile (format 99)"
                case .unreadable: "cannot be"
                }
            }

            func inflict(on state: URL) throws {
                var data = try Data(contentsOf: state)
                switch self {
                case .corrupted: data.replaceSubrange(100..<4096, with: Data(repeating: 0x5A, count: 3996))
                case .cutOff: data = data.prefix(5000)
                case .fromALaterVersion: data.replaceSubrange(60..<64, with: [0, 0, 0, 99])
                case .unreadable:
                    try FileManager.default.removeItem(at: state)
                    return try FileManager.default.createDirectory(at: state, withIntermediateDirectories: false)
                }
                for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: state.path + suffix) }
                try data.write(to: state)
            }
        }

        @Test(
            "What was applied is in the history, can be compared, and gone back to", PythonPrograms.areInstalled())
        func history() async throws {
            try await Workplace.withLocalCloud("hello") { place, _ in
                try place.drainQuickly()
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let early = try await place.reconcile("rollback", "web", "--yes").expect(status: 1)
                #expect(early.errors.contains("nothing to roll back to"), "\(early.errors)")
                try place.setVariable("VERSION", to: "2")
                try await place.reconcile("apply", "--yes").expect(status: 0)

                let list = try await place.reconcile("history", "-o", "json").expect(status: 0).json
                #expect(Self.list.mismatches(of: list) == [])
                #expect(list["applies"]?.listValue?.map { $0["id"] } == [2, 1])
                let shown = try await place.reconcile("history", "show", "2", "-o", "json").expect(status: 0).json
                #expect(Self.shown.mismatches(of: shown) == [])
                let difference = try await place.reconcile("diff", "1", "2", "-o", "json").expect(status: 0).json
                #expect(Self.difference.mismatches(of: difference) == [])
                #expect(difference["differences"].strings("address") == ["TaskDefinition/web"])
                let unknown = try await place.reconcile("history", "show", "7").expect(status: 64)
                #expect(unknown.errors.contains("numbered from 1 to 2"), "\(unknown.errors)")

                let back = try await place.reconcile("rollback", "web", "--yes").expect(status: 0)
                #expect(back.output.contains("the manifests still say otherwise"), "\(back.output)")
                let services = try await place.aws(
                    "ecs", "describe-services", "--cluster", "hello", "--services", "web")
                let running = services["services"]?[0]?["taskDefinition"]?.stringValue
                #expect(running?.hasSuffix("/web:1") == true, "\(running ?? "")")
                let plan = try await place.reconcile("plan", "--detailed-exitcode", "-o", "json").expect(status: 2).json
                #expect(plan["steps"].strings("id").contains("update Service/web"))
            }
        }

        private static let apply: AttributeValue = [
            "id": "int", "command": "apply|destroy|rollback", "user": "string", "gitCommit": "any",
            "startedAt": "string", "endedAt": "any",
            "outcome": "running|succeeded|failed|rolledBack|deadline|superseded|interrupted",
            "summary": ["create": "int", "update": "int", "replace": "int", "delete": "int", "keep": "int"],
        ]

        private static let list: JSONShape = [
            "formatVersion": "int", "project": "string", "environment": "string", "applies": [apply],
        ]

        private static let shown: JSONShape = [
            "formatVersion": "int", "id": "int", "command": "apply|destroy|rollback", "user": "string",
            "gitCommit": "any", "startedAt": "string", "endedAt": "any",
            "outcome": "running|succeeded|failed|rolledBack|deadline|superseded|interrupted",
            "summary": ["*": "int"], "plan": ["*": "any"],
            "steps": [
                [
                    "id": "string", "address": "string", "isWait": "bool",
                    "outcome": "succeeded|failed|blocked|interrupted",
                    "failure?": ["code": "failed|rolledBack|superseded|deadline", "message": "string"],
                    "blockedBy?": ["string"],
                ]
            ],
            "resources": [
                [
                    "address": "string", "outcome": "succeeded|failed|notStarted|unsettled|deleted",
                    "phase": "none|created|configured|final|failed", "state": "string", "started": ["*": "string"],
                    "failure?": ["code": "failed|rolledBack|superseded|deadline", "message": "string"],
                ]
            ],
            "calls": ["*": "int"], "explanations": ["any"],
        ]

        private static let difference: JSONShape = [
            "formatVersion": "int", "before": "int", "after": "any",
            "differences": [
                [
                    "address": "string", "action": "added|removed|changed",
                    "identity": ["before": "any", "after": "any"],
                    "differences": [["path": "string", "before": "any", "after": "any"]],
                ]
            ],
        ]
    }
}
