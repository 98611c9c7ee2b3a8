import Synchronization

/// Runs tasks one job at a time, in the order in which they became ready, on the thread that asks for it: what happens is
/// the same every time, and stops at once when it is told to.
final class StepwiseExecutor: TaskExecutor {
    struct Stuck: Error {}

    private struct State: Sendable {
        var jobs: [UnownedJob] = []
        var next = 0
        var isStopped = false
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
    }

    /// No further job is run, as if the process had been killed.
    func stop() { state.withLock { $0.isStopped = true } }

    /// Runs `body` to its end, or until ``stop()``: then the result is `nil`.
    ///
    /// - Parameter whenIdle: Lets time pass when nothing is ready; returns whether anything waits for it.
    func run<Result: Sendable>(
        whenIdle: () -> Bool, _ body: @Sendable @escaping () async throws -> Result
    ) throws -> Result? {
        let outcome = Outcome<Result>()
        _ = Task(executorPreference: self) {
            do {
                outcome.set(.success(try await body()))
            } catch {
                outcome.set(.failure(error))
            }
        }
        while true {
            if let result = outcome.value { return try result.get() }
            if state.withLock({ $0.isStopped }) { return nil }
            if let job = takeJob() {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if !whenIdle() {
                throw Stuck()
            }
        }
    }

    private func takeJob() -> UnownedJob? {
        state.withLock { state in
            guard state.next < state.jobs.count else {
                (state.jobs, state.next) = ([], 0)
                return nil
            }
            defer { state.next += 1 }
            return state.jobs[state.next]
        }
    }
}

private final class Outcome<Value: Sendable>: Sendable {
    private let content = Mutex<Result<Value, any Error>?>(nil)

    var value: Result<Value, any Error>? { content.withLock { $0 } }
    func set(_ value: Result<Value, any Error>) { content.withLock { $0 = value } }
}
