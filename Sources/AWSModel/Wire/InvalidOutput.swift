/// An output of a server that does not fit the shape of its operation.
package struct InvalidOutput: Error, Sendable, Hashable {
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

extension InvalidOutput: CustomStringConvertible {
    package var description: String {
        "\(service):\(operation) answers with: \(problems.map(\.description).joined(separator: "; "))"
    }
}
