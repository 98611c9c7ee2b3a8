/// How a plan is carried out.
package struct ExecutionSettings: Sendable, Equatable {
    /// How many calls may be in flight.
    package var parallelism: Int
    /// How long a resource may stay on its way to its final state, counted from the last change that was made.
    package var timeout: Duration
    /// Only what other steps need is waited for.
    package var detach: Bool

    package init(parallelism: Int = 10, timeout: Duration = .seconds(15 * 60), detach: Bool = false) {
        self.parallelism = parallelism
        self.timeout = timeout
        self.detach = detach
    }
}
