import AttributeTree

/// How a `Describe` call picks from what there is: by id, by filters, and in pages.
struct EC2Listing {
    /// The member of the input that names ids, and of a description that has one.
    var ids: String
    var id: String
    /// The member of the output.
    var results: String
    /// The filters: name → where the description has the value.
    var filters: [String: String]
    var notFound: @Sendable (String) -> CloudFault

    func answer(_ input: AttributeValue, from all: [AttributeValue]) throws(CloudFault) -> AttributeValue {
        let wanted = input[ids]?.listValue ?? []
        if !wanted.isEmpty, input["MaxResults"] != nil {
            throw CloudFault(
                "InvalidParameterCombination",
                "The parameter \(ids) cannot be used with the parameter MaxResults")
        }
        for wanted in wanted where !all.contains(where: { $0[id] == wanted }) {
            throw notFound(wanted.stringValue ?? "")
        }
        let filters = try EC2Filters(input["Filters"], filters)
        let accepted = all.filter { description in
            (wanted.isEmpty || wanted.contains { $0 == description[id] }) && filters.accepts(description)
        }
        let token = input["NextToken"]?.stringValue
        let page = try Page(
            of: accepted, token: token, limit: input["MaxResults"]?.intValue ?? 1000,
            invalid: CloudFault("InvalidNextToken", "The token '\(token ?? "")' is invalid."))
        var output: AttributeValue = [results: .list(page.elements)]
        output["NextToken"] = page.nextToken.map { .string($0) }
        return output
    }
}
