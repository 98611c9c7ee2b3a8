import TaskRunning

/// Reads the events of a runner, one after the other, and keeps them.
struct EventReader {
    private var iterator: AsyncStream<ContainerEvent>.AsyncIterator
    private(set) var events: [ContainerEvent] = []

    init(_ runner: some ContainerRunner) {
        iterator = runner.events.makeAsyncIterator()
    }

    /// How a container ended.
    mutating func end(of container: ContainerHandle) async -> ContainerEvent? {
        await next { if case .ended(container, _, _) = $0 { true } else { false } }
    }

    mutating func exitCode(of container: ContainerHandle) async -> Int? {
        guard case .ended(_, let exitCode, _) = await end(of: container) else { return nil }
        return exitCode
    }

    /// The line a container writes that has this in it.
    mutating func line(of container: ContainerHandle, containing text: String) async -> String? {
        let event = await next {
            if case .output(container, let output) = $0 { output.line.contains(text) } else { false }
        }
        guard case .output(_, let output) = event else { return nil }
        return output.line
    }

    /// What a container has written, as far as it has been read.
    func lines(of container: ContainerHandle) -> [String] {
        events.compactMap { if case .output(container, let output) = $0 { output.line } else { nil } }
    }

    private mutating func next(where isMeant: (ContainerEvent) -> Bool) async -> ContainerEvent? {
        while let event = await iterator.next(isolation: #isolation) {
            events.append(event)
            if isMeant(event) { return event }
        }
        return nil
    }
}
