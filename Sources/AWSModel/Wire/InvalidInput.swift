package import AttributeTree

/// A value that does not fit the shape of an operation, found before anything was sent.
package struct InvalidInput: Error, Sendable, Hashable {
    package var service: String
    package var operation: String
    /// Everything that does not fit; never empty.
    package var problems: [ShapeProblem]

    package init(service: String, operation: String, problems: [ShapeProblem]) {
        self.service = service
        self.operation = operation
        self.problems = problems
    }
}

extension InvalidInput: CustomStringConvertible {
    package var description: String {
        "\(service):\(operation): \(problems.map(\.description).joined(separator: "; "))"
    }
}

/// One thing in a value that its shape does not allow.
package struct ShapeProblem: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        case unknownMember
        case missingMember
        case wrongType(expected: String, found: String)
        /// A union with no member, or with more than one.
        case notOneMember(count: Int)
        case unknownValue(String, allowed: [String])
        case length(Int, minimum: Int?, maximum: Int?)
        case range(AttributeValue, minimum: AttributeValue?, maximum: AttributeValue?)
    }

    package var path: AttributePath
    package var reason: Reason

    package init(at path: AttributePath, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

extension ShapeProblem: CustomStringConvertible {
    package var description: String {
        let subject = path.isRoot ? "the input" : "\(path)"
        return switch reason {
        case .unknownMember: "unknown member \(subject)"
        case .missingMember: "missing required member \(subject)"
        case .wrongType(let expected, let found): "\(subject) must be \(expected), not \(found)"
        case .notOneMember(let count): "\(subject) must have exactly one member, not \(count)"
        case .unknownValue(let value, let allowed):
            "\(subject) is \"\(value)\", not one of \(allowed.joined(separator: ", "))"
        case .length(let length, let minimum, let maximum):
            "\(subject) has a length of \(length), \(limits(minimum.map(String.init), maximum.map(String.init)))"
        case .range(let value, let minimum, let maximum):
            "\(subject) is \(value.jsonText()), \(limits(minimum?.jsonText(), maximum?.jsonText()))"
        }
    }

    private func limits(_ minimum: String?, _ maximum: String?) -> String {
        switch (minimum, maximum) {
        case (let minimum?, let maximum?): "not between \(minimum) and \(maximum)"
        case (let minimum?, nil): "less than \(minimum)"
        case (nil, let maximum?): "more than \(maximum)"
        case (nil, nil): "outside its limits"
        }
    }
}
