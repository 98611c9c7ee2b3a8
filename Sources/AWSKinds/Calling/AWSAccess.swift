import AWSClient
import AWSModel
import AttributeTree

/// What the kinds have of the world: AWS, time, and a way to ask through a load balancer.
package struct AWSAccess: Sendable {
    package var calling: any AWSCalling
    package var clock: any Clock<Duration>
    package var prober: any Prober

    package init(calling: any AWSCalling, clock: any Clock<Duration> = .continuous, prober: any Prober) {
        self.calling = calling
        self.clock = clock
        self.prober = prober
    }

    /// - Parameter repeatable: `false` for what must not be carried out twice and has no idempotency token.
    func ecs(
        _ operation: String, _ input: AttributeValue, repeatable: Bool = true
    ) async throws -> AttributeValue {
        try await calling.call(operation, of: .ecs, input, repeatable: repeatable)
    }

    func elb(_ operation: String, _ input: AttributeValue) async throws -> AttributeValue {
        try await calling.call(operation, of: .elbv2, input, repeatable: true)
    }

    /// The answers for a list of identifiers that is asked for in batches, one after the other.
    ///
    /// - Parameter missing: the code with which AWS refuses a whole batch for one identifier that it does not know.
    ///   Such a batch is asked for in halves, so that what is left out is what does not exist.
    func batched(
        _ identifiers: [String], by size: Int, missing: String? = nil,
        _ ask: ([String]) async throws -> [AttributeValue]
    ) async throws -> [AttributeValue] {
        var answers: [AttributeValue] = []
        var batches = Array(identifiers.chunked(by: size).reversed())
        while let batch = batches.popLast() {
            do {
                answers += try await ask(batch)
            } catch let error as AWSError where error.code == missing {
                guard batch.count > 1 else { continue }
                batches += batch.chunked(by: (batch.count + 1) / 2).reversed()
            }
        }
        return answers
    }

    /// The answers to questions that AWS takes one at a time, a few of them in flight; in the order of the elements.
    func each<Element: Sendable, Answer: Sendable>(
        _ elements: [Element], _ ask: @Sendable @escaping (Element) async throws -> Answer
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
            var answers: [Int: Answer] = [:]
            for (index, element) in elements.enumerated() {
                if index >= Self.inFlight, let (done, answer) = try await group.next() { answers[done] = answer }
                group.addTask { (index, try await ask(element)) }
            }
            for try await (index, answer) in group { answers[index] = answer }
            return elements.indices.compactMap { answers[$0] }
        }
    }

    private static let inFlight = 8

    /// Repeats a call while AWS refuses it for a reason that passes by itself.
    func patiently(
        upTo patience: Duration = .seconds(180), _ body: () async throws -> AttributeValue
    ) async throws -> AttributeValue {
        var waited = Duration.zero
        var delay = Duration.seconds(1)
        while true {
            do {
                return try await body()
            } catch let error as AWSError where error.passesByItself && waited < patience {
                try await clock.sleep(for: delay)
                waited += delay
                delay = min(delay * 2, .seconds(10))
            }
        }
    }

    /// Asks until the answer is yes; how long is for the caller's deadline, which cancels the task.
    func waiting(every interval: Duration = .seconds(3), until isDone: () async throws -> Bool) async throws {
        while try await !isDone() {
            try await clock.sleep(for: interval)
        }
    }
}

extension Array {
    func chunked(by size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: Swift.max(1, size)).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

extension AttributeValue {
    static func strings(_ values: some Sequence<String>) -> AttributeValue { .list(values.map { .string($0) }) }

    /// The strings of a list; none where this is no list.
    var strings: [String] { (listValue ?? []).compactMap(\.stringValue) }
}

/// Runs a call, and takes these codes for "it is not there": what is to be deleted may be gone.
func unlessAbsent(_ codes: String..., call: () async throws -> Void) async throws {
    do {
        try await call()
    } catch let error as AWSError where codes.contains(error.code) {
        return
    }
}
