import AttributeTree

/// A list that a call asks for page by page, with `maxResults` and `nextToken`.
struct Listing: Sendable {
    private var limit: Int
    private var token: String?

    /// - Parameters:
    ///   - limit: unless the call says another.
    ///   - most: what it may say.
    init(_ input: AttributeValue, limit: Int, upTo most: Int) throws(CloudFault) {
        let asked = input["maxResults"]?.intValue
        if let asked, !(1...most).contains(asked) {
            throw .invalidParameter("maxResults must be between 1 and \(most).")
        }
        self.limit = asked ?? limit
        token = input["nextToken"]?.stringValue
    }

    func answer(_ arns: [String], as member: String) throws(CloudFault) -> AttributeValue {
        try answer(arns.map { .string($0) }, as: member)
    }

    func answer(_ elements: [AttributeValue], as member: String) throws(CloudFault) -> AttributeValue {
        let page = try Page(of: elements, token: token, limit: limit, invalid: .invalidParameter("Invalid token."))
        var answer: AttributeValue = [member: .list(page.elements)]
        answer["nextToken"] = page.nextToken.map { .string($0) }
        return answer
    }
}
