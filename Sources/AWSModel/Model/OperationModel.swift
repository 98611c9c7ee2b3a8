/// An operation of a service: what goes in, what comes out, and how it is spoken of on the wire.
package struct OperationModel: Sendable {
    package let name: String
    package let service: ServiceModel.Metadata
    /// A structure; `nil` for an operation that takes nothing.
    package let input: Shape?
    /// A structure; `nil` for an operation that answers nothing.
    package let output: Shape?
    /// The element around the output in an answer of the query protocol.
    package let resultWrapper: String?
    /// Whether the request is signed; it is not where its input is itself the proof of identity.
    package let isSigned: Bool
    /// The errors that the model says it may answer with; it may answer with others.
    package let errors: [ErrorModel]
    /// How to read on, for an operation that answers in pages.
    package let pagination: Pagination?

    init(
        name: String, service: ServiceModel.Metadata, input: Shape?, output: Shape?, resultWrapper: String? = nil,
        isSigned: Bool = true, errors: [ErrorModel] = [], pagination: Pagination? = nil
    ) {
        self.name = name
        self.service = service
        self.input = input
        self.output = output
        self.resultWrapper = resultWrapper
        self.isSigned = isSigned
        self.errors = errors
        self.pagination = pagination
    }

    /// The member of the input that makes repeating the request harmless.
    package var idempotencyToken: Member? {
        input?.structure?.members.first(where: \.isIdempotencyToken)
    }
}

extension OperationModel {
    /// The members that carry a reader from page to page.
    package struct Pagination: Sendable, Equatable {
        /// The member of the input that takes the token.
        package var inputToken: String
        /// The member of the output that gives the token; absent or empty on the last page.
        package var outputToken: String
        /// The members of the output that hold what was asked for.
        package var results: [String]
        /// The member of the input that limits a page.
        package var limit: String?
        /// The member of the output that says whether there is more.
        package var moreResults: String?

        package init(
            inputToken: String, outputToken: String, results: [String], limit: String? = nil,
            moreResults: String? = nil
        ) {
            self.inputToken = inputToken
            self.outputToken = outputToken
            self.results = results
            self.limit = limit
            self.moreResults = moreResults
        }
    }
}

/// An error of the service model.
package struct ErrorModel: Sendable {
    package let shape: Shape
    /// What it is called on the wire, which need not be the name of its shape.
    package let code: String
    package let status: Int

    init(shape: Shape, code: String?, status: Int?) {
        self.shape = shape
        self.code = code ?? shape.name
        self.status = status ?? 400
    }
}
