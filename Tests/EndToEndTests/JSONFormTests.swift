import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What programs read, member by member.
    @Suite struct JSONFormTests {
        @Test("plan, apply and status have the documented forms", Ministack.isInstalled())
        func forms() async throws {
            try await Ministack.run { ministack in
                try await Workplace.with("hello", on: ministack.access) { place in
                    try place.leaveTargetGroupAlone()
                    try await plan(place, ["create": 6, "update": 0, "replace": 0, "delete": 0, "keep": 0])
                    try await status(place, exit: 1)
                    try await apply(place)
                    try await status(place, exit: 0)
                    try place.edit("target-group.yaml", "port: 8080", "port: 8081")
                    try place.edit("service.yaml", "desiredCount: 2", "desiredCount: 3")
                    try await plan(place, ["create": 0, "update": 2, "replace": 1, "delete": 0, "keep": 3])
                }
            }
        }

        @Test("What does not reach its end is told to programs too", Moto.isInstalled())
        func failures() async throws {
            try await Moto.run { moto in
                try await Workplace.with("hello", on: moto.access) { place in
                    try place.suitMoto()
                    let events = try await place.reconcile("apply", "--yes", "-o", "json", "--timeout", "2s")
                        .expect(status: 4).events
                    let failures = events.filter { ["failed", "blocked", "unsettled"].contains($0["event"]) }
                    for event in failures { #expect(Self.failure.mismatches(of: event) == []) }
                    #expect(Set(failures.map { $0["event"] }) == ["failed", "blocked", "unsettled"])
                    #expect(events.last?["outcome"] == "deadline")
                }
            }
        }

        private static let plan: JSONShape = [
            "formatVersion": "int", "project": "string", "environment": "string",
            "summary": ["create": "int", "update": "int", "replace": "int", "delete": "int", "keep": "int"],
            "changes": [
                [
                    "address": "string", "action": "create|update|replace|delete|keep", "reasons": ["string"],
                    "impact": "none|inPlace|rollsTasks|replace",
                    "differences": [["path": "string", "recorded": "any", "observed": "any", "desired": "any"]],
                ]
            ],
            "steps": [
                [
                    "id": "string", "address": "string", "verb": "string", "calls": ["string"], "after": ["string"],
                ]
            ],
        ]

        private func plan(_ place: Workplace, _ summary: AttributeValue) async throws {
            let plan = try await place.reconcile("plan", "-o", "json").expect(status: 0).json
            #expect(Self.plan.mismatches(of: plan) == [])
            #expect(plan["formatVersion"] == 1)
            #expect(plan["project"] == "hello")
            #expect(plan["environment"] == "local")
            #expect(plan["summary"] == summary)
            let steps = plan["steps"]?.listValue ?? []
            let ids = steps.map { $0["id"] }
            for (index, step) in steps.enumerated() {
                #expect(step["after"]?.listValue?.allSatisfy { ids[..<index].contains($0) } == true, "\(step)")
            }
        }

        private static let status: JSONShape = [
            "formatVersion": "int",
            "resources": [
                [
                    "address": "string", "phase": "none|created|configured|final|failed", "state": "string",
                    "detail": ["*": "any"], "waitingFor?": "string", "message?": "string",
                ]
            ],
        ]

        private func status(_ place: Workplace, exit: Int) async throws {
            let status = try await place.reconcile("status", "-o", "json").expect(status: exit).json
            #expect(Self.status.mismatches(of: status) == [])
            #expect(status["formatVersion"] == 1)
            let resources = [
                "Cluster/hello", "Listener/http", "LoadBalancer/hello", "Service/web", "TargetGroup/web",
                "TaskDefinition/web",
            ]
            guard exit == 0 else {
                #expect(status["resources"].strings("address") == resources)
                return
            }
            #expect(status["resources"].strings("address") == (resources + ["Tasks/web"]).sorted())
            #expect(
                status["resources"].strings("state")
                    == [
                        "Active", "Active with Listener", "Active with Tasks", "Forwarding", "Healthy Targets",
                        "Registered", "Running",
                    ])
        }

        private static let event: JSONShape = [
            "time": "string", "event": "started|succeeded|status", "address": "string", "step?": "string",
            "state?": "string", "phase?": "none|created|configured|final", "message?": "string",
            "waitingFor?": "string",
        ]

        private static let failure: JSONShape = [
            "time": "string", "event": "failed|blocked|unsettled", "address": "string", "step?": "string",
            "message": "string", "code?": "deadline",
        ]

        private static let finished: JSONShape = [
            "time": "string", "event": "finished", "outcome": "succeeded", "calls": ["*": "int"],
        ]

        private func apply(_ place: Workplace) async throws {
            let events = try await place.reconcile("apply", "--yes", "-o", "json").expect(status: 0).events
            for event in events.dropLast() { #expect(Self.event.mismatches(of: event) == []) }
            let last = try #require(events.last)
            #expect(Self.finished.mismatches(of: last) == [])
            #expect(last["calls"]?["ecs:CreateService"] == 1)

            func steps(_ event: AttributeValue) -> Set<String?> {
                Set(events.filter { $0["event"] == event }.map { $0["step"]?.stringValue })
            }
            #expect(steps("started").contains("create Service/web"))
            #expect(steps("started") == steps("succeeded"))
            let times = events.compactMap { $0["time"]?.stringValue }
            #expect(times == times.sorted())
        }
    }
}
