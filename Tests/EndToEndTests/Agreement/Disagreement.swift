/// Whose answers are compared.
enum ComparedAPI: Hashable {
    case local, moto, ministack
}

/// A value in another API's answer that the local cloud's answer to the same call does not have.
struct Disagreement: CustomStringConvertible {
    var api: ComparedAPI
    var call: String
    var path: String
    var local: String?
    var other: String

    var description: String { "\(api): \(call) \(path): \(other), here \(local ?? "nothing")" }

    /// Compares the answers to the same calls, in order. Where one API did what the other refused, only that is told.
    static func all(of own: [FlatAnswer], with others: [FlatAnswer], of api: ComparedAPI) -> [Disagreement] {
        zip(own, others).flatMap { own, other in
            let sameOutcome = own.values["outcome"] == other.values["outcome"]
            return other.values.sorted { $0.key < $1.key }
                .filter { path, value in own.values[path] != value && (sameOutcome || path == "outcome") }
                .map { Disagreement(api: api, call: other.call, path: $0, local: own.values[$0], other: $1) }
        }
    }
}

/// A disagreement of which it is known who is right.
struct KnownDisagreement {
    enum Right {
        case local, other
        /// AWS documents neither, or leaves it open.
        case open
    }

    var apis: [ComparedAPI]
    /// `*` stands for any characters, here and in the path.
    var command: String
    var path: String
    var right: Right
    var because: String

    init(_ apis: [ComparedAPI], _ command: String, _ path: String, _ right: Right, _ because: String) {
        self.apis = apis
        self.command = command
        self.path = path
        self.right = right
        self.because = because
    }

    func covers(_ disagreement: Disagreement) -> Bool {
        apis.contains(disagreement.api) && Self.matches(disagreement.call, command)
            && Self.matches(disagreement.path, path)
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == pattern }
        guard text.hasPrefix(first), text.dropFirst(first.count).hasSuffix(last) else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
