package import AttributeTree

extension ServiceModel {
    /// What a request calls, and with what input, checked as AWS's own front ends check it: types, required members,
    /// enumerations and limits.
    ///
    /// - Throws: The fault to answer with, in AWS's words; a server gives it its request id.
    package func decodeRequest(
        _ request: WireRequest
    ) throws(ServiceFault) -> (operation: OperationModel, input: AttributeValue) {
        let (operation, input) =
            switch metadata.wireProtocol {
            case .awsJSON1_1: try decodeJSONRequest(request)
            case .awsQuery, .ec2Query: try decodeQueryRequest(request)
            }
        if let shape = operation.input {
            var checker = ShapeChecker(.limits)
            checker.check(input, against: shape)
            // AWS passes over members it does not know.
            let problems = checker.problems.filter { $0.reason != .unknownMember }
            if !problems.isEmpty { throw .validation(problems, in: input, of: operation) }
        }
        return (operation, input)
    }

    private func decodeJSONRequest(
        _ request: WireRequest
    ) throws(ServiceFault) -> (OperationModel, AttributeValue) {
        let target = request.headers["x-amz-target"] ?? ""
        let prefix = metadata.targetPrefix.map { "\($0)." } ?? ""
        guard target.hasPrefix(prefix), let operation = operations[String(target.dropFirst(prefix.count))] else {
            throw ServiceFault(service: metadata.id, code: "UnknownOperationException", message: "")
        }
        do {
            let body = request.body.isEmpty ? [:] : try AttributeValue(json: request.body)
            return (operation, try operation.input.map { try JSONBody.decode(body, as: $0) } ?? [:])
        } catch {
            let message = (error as? ShapeMismatch).map { "\($0.path) is not \($0.expected)" } ?? "\(error)"
            throw ServiceFault(
                service: metadata.id, operation: operation.name, code: "SerializationException", message: message)
        }
    }

    private func decodeQueryRequest(
        _ request: WireRequest
    ) throws(ServiceFault) -> (OperationModel, AttributeValue) {
        let form = FormParameters(request.body.isEmpty ? Array((request.query ?? "").utf8) : request.body)
        guard let parameters = form.flatMap(ParameterTree.init) else {
            throw ServiceFault(
                service: metadata.id, code: "MalformedQueryString", message: "The query string contains a syntax error")
        }
        guard let action = parameters.children["Action"]?.value else {
            throw ServiceFault(
                service: metadata.id, code: "MissingAction", message: "The request must contain the parameter Action")
        }
        guard let operation = operations[action] else {
            throw ServiceFault(
                service: metadata.id, code: "InvalidAction",
                message: "The action \(action) is not valid for this web service.")
        }
        do throws(ShapeMismatch) {
            let decoder = QueryDecoder(metadata.wireProtocol)
            return (
                operation,
                try operation.input.map { shape throws(ShapeMismatch) in try decoder.decode(parameters, as: shape) }
                    ?? [:]
            )
        } catch {
            throw .malformed(error, of: operation)
        }
    }
}

extension OperationModel {
    /// The answer of a server that did what was asked.
    ///
    /// - Throws: ``InvalidOutput`` where the output does not fit the model, which is a mistake of the server.
    package func encodeResponse(_ output: AttributeValue, requestID: String) throws(InvalidOutput) -> WireResponse {
        if let shape = self.output {
            var checker = ShapeChecker(.structure)
            checker.check(output, against: shape)
            if !checker.problems.isEmpty {
                throw InvalidOutput(service: service.id, operation: name, problems: checker.problems)
            }
        }
        switch service.wireProtocol {
        case .awsJSON1_1:
            return WireResponse(
                status: 200, headers: service.headers(requestID: requestID),
                body: self.output.map { JSONBody.encode(output, as: $0).json() } ?? [])
        case .awsQuery, .ec2Query:
            var writer = XMLWriter()
            writer.element("\(name)Response", namespace: service.xmlNamespace) { writer in
                encodeResult(output, requestID: requestID, into: &writer)
            }
            return WireResponse(status: 200, headers: service.headers(requestID: requestID), body: writer.bytes)
        }
    }

    private func encodeResult(_ output: AttributeValue, requestID: String, into writer: inout XMLWriter) {
        if service.wireProtocol == .ec2Query {
            writer.element("requestId", text: requestID)
            if let shape = self.output {
                writer.content(output, as: shape)
            } else {
                writer.element("return", text: "true")
            }
            return
        }
        if let shape = self.output {
            writer.element(resultWrapper ?? "\(name)Result") { $0.content(output, as: shape) }
        }
        writer.element("ResponseMetadata") { $0.element("RequestId", text: requestID) }
    }
}

extension ServiceModel.Metadata {
    /// The answer of a server that refuses.
    package func encode(_ fault: ServiceFault, requestID: String) -> WireResponse {
        let body: [UInt8]
        switch wireProtocol {
        case .awsJSON1_1:
            var members = fault.details.mapValue ?? [:]
            members["__type"] = .string(fault.code)
            members["message"] = .string(fault.message)
            body = AttributeValue.map(members).json()
        case .awsQuery: body = encodeQueryFault(fault, requestID: requestID)
        case .ec2Query: body = encodeEC2Fault(fault, requestID: requestID)
        }
        return WireResponse(status: fault.status, headers: headers(requestID: requestID), body: body)
    }

    private func encodeQueryFault(_ fault: ServiceFault, requestID: String) -> [UInt8] {
        var writer = XMLWriter()
        writer.element("ErrorResponse", namespace: xmlNamespace) { writer in
            writer.element("Error") { writer in
                writer.element("Type", text: fault.status < 500 ? "Sender" : "Receiver")
                writer.element("Code", text: fault.code)
                writer.element("Message", text: fault.message)
            }
            writer.element("RequestId", text: requestID)
        }
        return writer.bytes
    }

    private func encodeEC2Fault(_ fault: ServiceFault, requestID: String) -> [UInt8] {
        var writer = XMLWriter()
        writer.element("Response") { writer in
            writer.element("Errors") { writer in
                writer.element("Error") { writer in
                    writer.element("Code", text: fault.code)
                    writer.element("Message", text: fault.message)
                }
            }
            writer.element("RequestID", text: requestID)
        }
        return writer.bytes
    }

    fileprivate func headers(requestID: String) -> WireHeaders {
        let contentType =
            switch wireProtocol {
            case .awsJSON1_1: "application/x-amz-json-1.1"
            case .awsQuery: "text/xml"
            case .ec2Query: "text/xml;charset=UTF-8"
            }
        return ["Content-Type": contentType, "x-amzn-RequestId": requestID]
    }
}
