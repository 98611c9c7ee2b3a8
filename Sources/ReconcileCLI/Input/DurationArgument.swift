import ArgumentParser

/// A length of time as written on a command line: whole numbers with the units `h`, `m`, `s` and `ms`, the greatest first;
/// a number alone is in seconds.
package struct DurationArgument: ExpressibleByArgument, Sendable, Hashable {
    package var duration: Duration

    private static let units: [(name: String, length: Duration)] = [
        ("h", .seconds(3600)), ("m", .seconds(60)), ("s", .seconds(1)), ("ms", .milliseconds(1)),
    ]

    package init(seconds: Int) { duration = .seconds(seconds) }

    package init?(argument: String) {
        var total = Duration.zero
        var rest = argument[...]
        var units = Self.units[...]
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isNumber)
            let name = rest.dropFirst(digits.count).prefix(while: \.isLetter)
            guard let count = Int(digits), count <= 1_000_000,
                let unit = name.isEmpty && digits == argument
                    ? units.firstIndex(where: { $0.name == "s" })
                    : units.firstIndex(where: { $0.name == name })
            else { return nil }
            total += units[unit].length * count
            units = units[(unit + 1)...]
            rest = rest.dropFirst(digits.count + name.count)
        }
        guard total > .zero else { return nil }
        duration = total
    }

    package var defaultValueDescription: String { duration.formattedBriefly }
}

extension Duration {
    /// `850ms`, `12s`, `4m 10s`, `1h 5m`: for people, at most two units.
    package var formattedBriefly: String {
        let seconds = Int(components.seconds)
        switch seconds {
        case 0 where self != .zero: return "\(components.attoseconds / 1_000_000_000_000_000)ms"
        case 0..<60: return "\(seconds)s"
        case 60..<3600: return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds / 60)m \(seconds % 60)s"
        default:
            let minutes = seconds % 3600 / 60
            return minutes == 0 ? "\(seconds / 3600)h" : "\(seconds / 3600)h \(minutes)m"
        }
    }
}
