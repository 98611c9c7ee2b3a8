import AttributeTree
import TestBackends
import Testing

extension Scene {
    /// Plays scenes in one local cloud, a few of them at a time.
    static func play(_ scenes: [Scene], atOnce limit: Int = 4) async throws {
        try await LocalEndpoint.run(clockRate: 30) { cloud in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, scene) in scenes.enumerated() {
                    if number >= limit { try await group.next() }
                    group.addTask { try await scene.play(on: cloud.access) }
                }
                try await group.waitForAll()
            }
        }
    }

    private func play(on access: AWSAccess) async throws {
        try await Workplace.with(on: access) { place in
            if isUpdate {
                try place.write(sound.manifest, to: "all.yaml")
                try await place.reconcile("apply", "--yes").expect(status: 0)
            }
            try place.write(manifest, to: "all.yaml")
            async let applied = place.reconcile("apply", "--yes", "--timeout", "\(timeout)s")
            try await meanwhile?(place)
            guard try await check(applied) else { return }
            try await afterwards?(place)
            try await check(place.reconcile("why", "-o", "json").expect(status: 0).json)
        }
    }

    /// What the apply says, where it is the apply that fails.
    ///
    /// - Returns: whether it ended as it should.
    private func check(_ applied: Program.Outcome) -> Bool {
        #expect(applied.status == status, "\(name): \(applied.output)\(applied.errors)")
        guard applied.status == status, status != 0, cause != nil else {
            #expect(!applied.errors.contains("why: "), "\(name): \(applied.errors)")
            return applied.status == status
        }
        let lines = applied.errors.split(separator: "\n").map(String.init)
        let why = lines.firstIndex { $0.hasPrefix("why: ") }
        let told = why.map { lines[$0...].prefix(2) } ?? []
        #expect(told.first?.hasPrefix("why: Service/\(name): \(says)") == true, "\(name): \(applied.errors)")
        #expect(told.last?.hasPrefix("help: ") == true, "\(name): \(applied.errors)")
        return true
    }

    private func check(_ why: AttributeValue) {
        let explanation = why["explanations"]?[0] ?? why["earlier"]?["explanations"]?[0]
        #expect(explanation?["cause"]?.stringValue == cause, "\(name): \(why.jsonText())")
        #expect(explanation?["sentence"]?.stringValue?.hasPrefix(says) ?? says.isEmpty, "\(name): \(why.jsonText())")
    }
}
