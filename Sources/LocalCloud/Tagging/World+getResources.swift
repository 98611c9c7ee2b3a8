import AttributeTree

extension World {
    func getResources(_ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let found = try selectedResources(input)
        let limit = input["ResourcesPerPage"]?.intValue ?? 50
        guard (1...100).contains(limit) else {
            throw .invalidTagging("ResourcesPerPage must be between 1 and 100.")
        }
        guard (100...500).contains(input["TagsPerPage"]?.intValue ?? 100) else {
            throw .invalidTagging("TagsPerPage must be between 100 and 500.")
        }
        let token = input["PaginationToken"]?.stringValue ?? ""
        let page = try Page(
            of: found, token: token.isEmpty ? nil : token, limit: limit,
            invalid: .invalidTagging("The PaginationToken is not valid."))
        let tellsCompliance = input["IncludeComplianceDetails"] == true
        return [
            // The last page has an empty one.
            "PaginationToken": .string(page.nextToken ?? ""),
            "ResourceTagMappingList": .list(
                page.elements.map { resource in
                    var mapping: AttributeValue = [
                        "ResourceARN": .string(resource.arn), "Tags": Tags(resource.tags).list(.upper),
                    ]
                    // There are no tag policies.
                    if tellsCompliance { mapping["ComplianceDetails"] = ["ComplianceStatus": true] }
                    return mapping
                }),
        ]
    }

    private func selectedResources(_ input: AttributeValue) throws(CloudFault) -> [TaggedResource] {
        let filters = input["TagFilters"]?.listValue ?? []
        let types = input["ResourceTypeFilters"]?.listValue?.compactMap(\.stringValue) ?? []
        guard input["ExcludeCompliantResources"] != true || input["IncludeComplianceDetails"] == true else {
            throw .invalidTagging("ExcludeCompliantResources needs IncludeComplianceDetails.")
        }
        if input["ExcludeCompliantResources"] == true { return [] }
        if let arns = input["ResourceARNList"]?.listValue?.compactMap(\.stringValue) {
            guard filters.isEmpty, types.isEmpty else {
                throw .invalidTagging("ResourceARNList cannot be combined with TagFilters or ResourceTypeFilters.")
            }
            return taggedResources.filter { arns.contains($0.arn) }
        }
        for filter in filters where filter["Key"] == nil {
            throw .invalidTagging("A tag filter needs a Key.")
        }
        return taggedResources.filter { resource in
            (types.isEmpty || types.contains(where: resource.isOf)) && filters.allSatisfy { resource.matches($0) }
        }
    }
}

extension TaggedResource {
    /// The key is there, with one of the values where any are given.
    fileprivate func matches(_ filter: AttributeValue) -> Bool {
        guard let value = tags[filter["Key"]?.stringValue ?? ""] else { return false }
        let values = filter["Values"]?.listValue ?? []
        return values.isEmpty || values.contains(.string(value))
    }
}

extension CloudFault {
    fileprivate static func invalidTagging(_ message: String) -> Self { Self("InvalidParameterException", message) }
}
