package import AttributeTree

extension OperationModel {
    /// The request that calls this operation.
    ///
    /// - Parameter idempotencyToken: Taken where the input has such a member and names none.
    /// - Throws: ``InvalidInput`` with every member that is unknown, missing, or of the wrong type.
    package func encode(
        _ input: AttributeValue, idempotencyToken: String? = nil
    ) throws(InvalidInput) -> WireRequest {
        var input = input
        if let member = self.idempotencyToken, input[member.name]?.isNull != false, let idempotencyToken {
            input[member.name] = .string(idempotencyToken)
        }
        try check(input)
        switch service.wireProtocol {
        case .awsJSON1_1:
            let body = self.input.map { JSONBody.encode(input, as: $0) } ?? [:]
            return WireRequest(
                headers: [
                    "Content-Type": "application/x-amz-json-1.1",
                    "X-Amz-Target": "\(service.targetPrefix.map { "\($0)." } ?? "")\(name)",
                ], body: body.json())
        case .awsQuery, .ec2Query:
            var encoder = QueryEncoder(service.wireProtocol, action: name, version: service.apiVersion)
            if let shape = self.input { encoder.encode(input, as: shape) }
            return WireRequest(
                headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
                body: encoder.parameters.encoded())
        }
    }

    private func check(_ input: AttributeValue) throws(InvalidInput) {
        var problems: [ShapeProblem] = []
        if let shape = self.input {
            var checker = ShapeChecker(.structure)
            checker.check(input, against: shape)
            problems = checker.problems
        } else {
            problems = (input.mapValue ?? [:]).keys.sorted().map { ShapeProblem(at: .root.member($0), .unknownMember) }
        }
        if !problems.isEmpty { throw InvalidInput(service: service.id, operation: name, problems: problems) }
    }

    /// The output in a successful answer, with AWS's member names. Members that the model does not know are ignored.
    package func decode(_ response: WireResponse) throws(UnreadableResponse) -> AttributeValue {
        do throws(ResponseProblem) {
            switch service.wireProtocol {
            case .awsJSON1_1: return try decodeJSON(response.body)
            case .awsQuery, .ec2Query: return try decodeXML(response.body)
            }
        } catch {
            throw UnreadableResponse(
                service: service.id, operation: name, reason: error.reason, status: response.status,
                requestID: response.requestID)
        }
    }

    private func decodeJSON(_ body: [UInt8]) throws(ResponseProblem) -> AttributeValue {
        guard let output, !(body.isEmpty && output.structure?.members.isEmpty == true) else { return [:] }
        do {
            return try JSONBody.decode(AttributeValue(json: body), as: output)
        } catch {
            throw ResponseProblem(error, in: body)
        }
    }

    private func decodeXML(_ body: [UInt8]) throws(ResponseProblem) -> AttributeValue {
        guard let output, !(body.isEmpty && output.structure?.members.isEmpty == true) else { return [:] }
        do {
            let root = try XMLDocument(body).root
            guard root.name.hasSuffix("Response"), root.name != "ErrorResponse", root.name != "Response" else {
                throw ResponseProblem(reason: .notReadable("an element \"\(root.name)\" instead of \(name)Response"))
            }
            let result = service.wireProtocol == .awsQuery ? root.child(resultWrapper ?? "\(name)Result") ?? root : root
            return try XMLBody.decode(result, as: output) ?? [:]
        } catch {
            throw ResponseProblem(error, in: body)
        }
    }
}

/// What is wrong with an answer, before it is known whose it is.
private struct ResponseProblem: Error {
    var reason: UnreadableResponse.Reason

    init(reason: UnreadableResponse.Reason) {
        self.reason = reason
    }

    init(_ error: any Error, in body: [UInt8]) {
        switch error {
        case let problem as ResponseProblem: self = problem
        case let mismatch as ShapeMismatch: reason = .wrongType(at: mismatch.path, expected: mismatch.expected)
        default: reason = .notReadable(body.isEmpty ? "an empty body" : "\(error) of \(body.count)")
        }
    }
}
