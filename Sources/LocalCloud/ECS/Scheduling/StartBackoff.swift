/// How long a service waits before it starts tasks again, after tasks failed one after another.
///
/// ECS says that it waits longer and longer, and at most 27 minutes, but not how it gets there: here the first failures,
/// at least three, cost nothing, and from then on the delay doubles from one second.
enum StartBackoff {
    static let longest = 27.0 * 60

    /// In seconds; `nil` when the next task may start at once.
    static func delay(afterFailures failures: Int, desired: Int) -> Double? {
        let exponent = failures - max(3, desired)
        guard exponent >= 0 else { return nil }
        return exponent > 11 ? longest : min(longest, Double(1 << exponent))
    }
}
