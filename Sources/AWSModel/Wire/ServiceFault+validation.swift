import AttributeTree

extension ServiceFault {
    /// The fault with which AWS refuses an input that breaks the rules of its model.
    static func validation(
        _ problems: [ShapeProblem], in input: AttributeValue, of operation: OperationModel
    ) -> ServiceFault {
        let service = operation.service
        switch service.wireProtocol {
        case .ec2Query:
            let missing = problems.first { $0.reason == .missingMember }
            return ServiceFault(
                service: service.id, operation: operation.name,
                code: missing == nil ? "InvalidParameterValue" : "MissingParameter",
                message: missing.map { "The request must contain the parameter \($0.path)" }
                    ?? problems.map(\.description).joined(separator: "; "))
        case .awsQuery, .awsJSON1_1:
            let constraints = problems.map { "\($0.subject(in: input)) failed to satisfy constraint: \($0.constraint)" }
            let count = "\(problems.count) validation error\(problems.count == 1 ? "" : "s") detected: "
            return ServiceFault(
                service: service.id, operation: operation.name, code: validationCode(of: operation),
                message: count + constraints.joined(separator: "; "))
        }
    }

    private static func validationCode(of operation: OperationModel) -> String {
        guard operation.service.wireProtocol == .awsJSON1_1 else { return "ValidationError" }
        let own = "InvalidParameterException"
        return operation.errors.contains { $0.code == own } ? own : "ValidationException"
    }

    /// The fault with which the query services refuse a parameter of the wrong type.
    static func malformed(_ mismatch: ShapeMismatch, of operation: OperationModel) -> ServiceFault {
        ServiceFault(
            service: operation.service.id, operation: operation.name,
            code: operation.service.wireProtocol == .ec2Query ? "InvalidParameterValue" : "MalformedInput",
            message: "\(mismatch.path) is not \(mismatch.expected)")
    }
}

extension ShapeProblem {
    /// `Value 'x' at 'actions.1.member.type'`: AWS's way to name a value in its input.
    fileprivate func subject(in input: AttributeValue) -> String {
        let place = "at '\(path.coralDescription)'"
        return switch reason {
        case .missingMember: "Value null \(place)"
        case .unknownValue(let value, _): "Value '\(value)' \(place)"
        case .range(let value, _, _): "Value '\(value.jsonText())' \(place)"
        case .unknownMember, .wrongType, .notOneMember, .length: "Value \(place)"
        }
    }

    fileprivate var constraint: String {
        switch reason {
        case .missingMember: "Member must not be null"
        case .unknownValue(_, let allowed): "Member must satisfy enum value set: [\(allowed.joined(separator: ", "))]"
        case .length(let length, let minimum?, _) where length < minimum:
            "Member must have length greater than or equal to \(minimum)"
        case .length(_, _, let maximum): "Member must have length less than or equal to \(maximum ?? 0)"
        case .range(let value, let minimum?, _) where value.doubleValue ?? 0 < minimum.doubleValue ?? 0:
            "Member must have value greater than or equal to \(minimum.jsonText())"
        case .range(_, _, let maximum):
            "Member must have value less than or equal to \(maximum?.jsonText() ?? "")"
        case .notOneMember: "Member must have exactly one value"
        case .wrongType(let expected, _): "Member must be \(expected)"
        case .unknownMember: "Member must be known"
        }
    }
}

extension AttributePath {
    /// Member names begin with a small letter, and elements of lists are counted from one.
    fileprivate var coralDescription: String {
        elements.map { element in
            switch element {
            case .member(let name): name.prefix(1).lowercased() + name.dropFirst()
            case .index(let index): "\(index + 1).member"
            case .key(let key): "\(key).member"
            }
        }.joined(separator: ".")
    }
}
