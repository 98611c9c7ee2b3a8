import TestBackends

extension Traffic {
    /// The versions of hello that answered, in their order; `nil` where something else came.
    var versions: [String?] { requests.map { $0.isAnswered ? $0.answer?.version : nil } }

    /// ``versions`` with what was the same as before left out.
    var phases: [String?] {
        versions.reduce(into: []) { phases, version in
            if phases.last != .some(version) { phases.append(version) }
        }
    }

    /// The statuses other than 200, each once; `nil` where nothing was answered.
    var failureStatuses: Set<Int?> { Set(requests.filter { !$0.isAnswered }.map(\.answer?.status)) }
}

extension LoopbackRequest.Answer {
    /// The id of the task of hello that answered.
    var task: String? {
        guard let start = body.firstRange(of: "from task ")?.upperBound else { return nil }
        return String(body[start...].prefix { $0 != " " })
    }

    /// What the task said it is.
    var version: String? {
        guard let start = body.firstRange(of: "(version ")?.upperBound else { return nil }
        return String(body[start...].prefix { $0 != ")" })
    }
}
