package import AWSModel
package import AttributeTree

extension APIClient {
    /// Calls an operation and reads all its pages, one after the other.
    ///
    /// An operation without pages is called once.
    package func forEachPage(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue = [:],
        _ body: (_ page: AttributeValue) async throws -> Void
    ) async throws {
        let pagination = service.operation(operation)?.pagination
        var input = input
        var seen: Set<AttributeValue> = []
        while true {
            let page = try await call(operation, of: service, input)
            try await body(page)
            guard let pagination, let token = pagination.token(after: page) else { return }
            guard seen.insert(token).inserted else {
                throw AWSError(
                    operation: "\(service.id):\(operation)", kind: .unreadable, code: "RepeatedPage",
                    message: "the service gave the same page token twice", attempts: 1)
            }
            input[pagination.inputToken] = token
        }
    }

    /// Calls an operation and joins its pages: the output of the first, with the results of all.
    package func pages(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue = [:]
    ) async throws -> AttributeValue {
        let pagination = service.operation(operation)?.pagination
        var joined: AttributeValue?
        try await forEachPage(operation, of: service, input) { page in
            guard var output = joined, let pagination else {
                joined = page
                return
            }
            for result in pagination.results {
                let elements = (output[result]?.listValue ?? []) + (page[result]?.listValue ?? [])
                output[result] = .list(elements)
            }
            joined = output
        }
        if let pagination { joined?[pagination.outputToken] = nil }
        return joined ?? [:]
    }
}

extension OperationModel.Pagination {
    /// The token of the page after this one; `nil` on the last.
    fileprivate func token(after page: AttributeValue) -> AttributeValue? {
        if let moreResults, page[moreResults]?.boolValue == false { return nil }
        guard let token = page[outputToken], !token.isNull, token != "" else { return nil }
        return token
    }
}
