import TestBackends

/// Requests while something else happens: what each client sends follows the answer to what it sent before.
struct Traffic: Sendable {
    struct Request: Sendable {
        var sentAt: ContinuousClock.Instant
        var endedAt: ContinuousClock.Instant
        /// `nil` where nothing was answered.
        var answer: LoopbackRequest.Answer?
        /// Why nothing was.
        var error: String?

        var isAnswered: Bool { answer?.status == 200 }
    }

    /// In the order in which they ended.
    private(set) var requests: [Request]

    init(requests: [Request] = []) { self.requests = requests }

    var answers: Int { requests.count { $0.answer != nil } }

    /// What was answered other than 200, or not at all.
    var failures: [String] {
        requests.filter { !$0.isAnswered }.map { request in
            request.answer.map { "\($0.status): \($0.body)" } ?? request.error ?? ""
        }
    }

    /// Sends `request` again and again until `body` has ended.
    ///
    /// - Parameter clients: how many do so at the same time.
    static func run<Result: Sendable>(
        clients: Int = 1, _ request: @escaping @Sendable () async throws -> LoopbackRequest.Answer,
        during body: @escaping @Sendable () async throws -> Result
    ) async throws -> (Result, Traffic) {
        try await withThrowingTaskGroup(of: [Request].self) { group in
            for _ in 0..<clients {
                group.addTask {
                    var requests: [Request] = []
                    while !Task.isCancelled { requests.append(await send(request)) }
                    return requests
                }
            }
            let result = try await body()
            group.cancelAll()
            var traffic = Traffic()
            for try await requests in group { traffic.requests += requests }
            traffic.requests.sort { $0.endedAt < $1.endedAt }
            return (result, traffic)
        }
    }

    /// Sends `request` so many times a second, however long the answers take, until `body` has ended.
    ///
    /// - Parameter begin: is waited for before the first one.
    static func run<Result: Sendable>(
        perSecond rate: Int, after begin: @escaping @Sendable () async -> Void = {},
        _ request: @escaping @Sendable () async throws -> LoopbackRequest.Answer,
        during body: @escaping @Sendable () async throws -> Result
    ) async throws -> (Result, Traffic) {
        try await withThrowingTaskGroup(of: [Request].self) { group in
            group.addTask {
                await begin()
                return await withTaskGroup(of: Request.self) { requests in
                    await Pace(perSecond: rate).keep { requests.addTask { await send(request) } }
                    return await requests.reduce(into: []) { $0.append($1) }
                }
            }
            let result = try await body()
            group.cancelAll()
            let requests = try await group.reduce(into: []) { $0 += $1 }
            return (result, Traffic(requests: requests.sorted { $0.endedAt < $1.endedAt }))
        }
    }

    private static func send(_ request: () async throws -> LoopbackRequest.Answer) async -> Request {
        let sentAt = ContinuousClock.now
        do {
            let answer = try await request()
            return Request(sentAt: sentAt, endedAt: .now, answer: answer)
        } catch {
            return Request(sentAt: sentAt, endedAt: .now, error: "\(error)")
        }
    }
}
