import TestBackends

/// Requests one after the other, while something else happens.
struct Traffic: Sendable {
    private(set) var answers = 0
    /// What was answered other than 200, or not at all.
    private(set) var failures: [String] = []

    /// Sends `request` again and again until `body` has ended.
    static func run<Result: Sendable>(
        _ request: @escaping @Sendable () async throws -> LoopbackRequest.Answer,
        during body: @escaping @Sendable () async throws -> Result
    ) async throws -> (Result, Traffic) {
        try await withThrowingTaskGroup(of: Traffic.self) { group in
            group.addTask {
                var traffic = Traffic()
                while !Task.isCancelled { await traffic.send(request) }
                return traffic
            }
            let result = try await body()
            group.cancelAll()
            return (result, try await group.next() ?? Traffic())
        }
    }

    private mutating func send(_ request: () async throws -> LoopbackRequest.Answer) async {
        do {
            let answer = try await request()
            answers += 1
            if answer.status != 200 { failures.append("\(answer.status): \(answer.body)") }
        } catch {
            failures.append("\(error)")
        }
    }
}
