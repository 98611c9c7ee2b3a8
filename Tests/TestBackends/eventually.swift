/// What was waited for has not come in time.
package struct NotInTime: Error, CustomStringConvertible {
    var what: String
    var limit: Duration
    /// What was found last.
    var last: String

    package var description: String { "\(what) did not come within \(limit); last: \(last)" }
}

/// Asks until what is found is as it should be, and returns it. It pauses between two questions: no event says that
/// another process has got somewhere.
///
/// - Parameter what: for the failure, as in "the deployment's end".
/// - Throws: ``NotInTime`` after `limit`, and what `find` throws.
package func eventually<Found>(
    _ what: String, within limit: Duration = .seconds(30), find: () async throws -> Found,
    until isRight: (Found) throws -> Bool
) async throws -> Found {
    let deadline = ContinuousClock.now + limit
    while true {
        let found = try await find()
        if try isRight(found) { return found }
        guard ContinuousClock.now < deadline else {
            throw NotInTime(what: what, limit: limit, last: String("\(found)".prefix(2_000)))
        }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Asks until the answer is yes.
package func eventually(
    _ what: String, within limit: Duration = .seconds(30), _ isSo: () async throws -> Bool
) async throws {
    _ = try await eventually(what, within: limit, find: isSo) { $0 }
}
