/// So many times a second, however long what is begun each time takes.
package struct Pace: Sendable {
    private let interval: Duration

    package init(perSecond rate: Int) {
        interval = .seconds(1) / rate
    }

    /// Until the task is cancelled. What was missed is caught up on.
    package func keep(_ begin: () -> Void) async {
        var next = ContinuousClock.now
        while !Task.isCancelled {
            begin()
            next += interval
            try? await Task.sleep(until: next)
        }
    }
}
