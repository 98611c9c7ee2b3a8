extension Duration {
    /// `45 s`, `15 min`, `1 min 30 s`, `2 h 5 min`: to the second, the two greatest units.
    package var inWords: String {
        let seconds = Int(components.seconds)
        let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")]
        guard let first = parts.firstIndex(where: { $0.0 > 0 }) else { return "0 s" }
        return parts[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
