/// How ``HelloServer`` behaves, from the environment of its container.
///
/// | variable | meaning |
/// |---|---|
/// | `HOST`, `PORT` | where it listens; 127.0.0.1 and 8080 |
/// | `VERSION` | what it says it is; 1 |
/// | `HELLO_HEALTH` | the status that `/healthz` answers with; `fail` for 500 |
/// | `HELLO_DELAY_MS` | how long every answer takes, in milliseconds |
/// | `HELLO_START_DELAY` | after how many seconds it listens |
/// | `HELLO_CRASH_AFTER` | after how many seconds it ends with status 1 |
package struct HelloSettings: Sendable, Hashable {
    /// A variable that has no such value.
    struct Invalid: Error, Sendable, Hashable {
        var variable: String
        var value: String
    }

    var host: String
    var port: Int
    var task: String
    var version: String
    var health: Int
    var delay: Duration
    var startDelay: Duration
    var crashAfter: Duration?

    package init(environment: [String: String]) throws {
        func number<Number: LosslessStringConvertible & Comparable & ExpressibleByIntegerLiteral>(
            _ variable: String, _ type: Number.Type
        ) throws -> Number? {
            guard let value = environment[variable] else { return nil }
            guard let number = Number(value), number >= 0 else { throw Invalid(variable: variable, value: value) }
            return number
        }
        host = environment["HOST"] ?? "127.0.0.1"
        port = try number("PORT", Int.self) ?? 8080
        task = environment[ProcessMarks.taskVariable] ?? environment["HOSTNAME"] ?? "unknown"
        version = environment["VERSION"] ?? "1"
        health = environment["HELLO_HEALTH"] == "fail" ? 500 : try number("HELLO_HEALTH", Int.self) ?? 200
        guard 200..<600 ~= health else { throw Invalid(variable: "HELLO_HEALTH", value: "\(health)") }
        delay = .milliseconds(try number("HELLO_DELAY_MS", Int.self) ?? 0)
        startDelay = .seconds(try number("HELLO_START_DELAY", Double.self) ?? 0)
        crashAfter = try number("HELLO_CRASH_AFTER", Double.self).map { .seconds($0) }
    }
}
