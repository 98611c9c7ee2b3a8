import AttributeTree
import SigV4

extension World {
    /// A policy as a call gives it: JSON.
    static func policy(_ value: AttributeValue?) throws(CloudFault) -> String {
        let text = value?.stringValue ?? ""
        guard let policy = try? AttributeValue(json: text), policy["Statement"] != nil else {
            throw CloudFault("MalformedPolicyDocument", "This policy contains invalid Json")
        }
        return text
    }

    /// IAM answers with policies in the encoding of URLs.
    static func encoded(_ policy: String) -> AttributeValue { .string(PercentEncoding.encode(policy)) }

    mutating func attachPolicy(
        to kind: PrincipalRecord.Kind, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        var principal = try changeable(kind, input)
        let arn = input["PolicyArn"]?.stringValue ?? ""
        guard arn.hasPrefix("arn:aws:iam::aws:policy/") else {
            // One's own managed policies are not imitated, so that there is none.
            throw .noSuchEntity("Policy \(arn) does not exist or is not attachable.")
        }
        guard !principal.attachedPolicies.contains(arn) else { return [:] }
        guard principal.attachedPolicies.count < 10 else {
            throw CloudFault(
                "LimitExceeded", "Cannot exceed quota for PoliciesPer\(kind == .user ? "User" : "Role"): 10",
                status: 409)
        }
        principal.attachedPolicies.append(arn)
        identity[kind, principal.name] = principal
        return [:]
    }

    mutating func detachPolicy(
        from kind: PrincipalRecord.Kind, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        var principal = try changeable(kind, input)
        let arn = input["PolicyArn"]?.stringValue ?? ""
        guard let index = principal.attachedPolicies.firstIndex(of: arn) else {
            throw .noSuchEntity("Policy \(arn) was not found.")
        }
        principal.attachedPolicies.remove(at: index)
        identity[kind, principal.name] = principal
        return [:]
    }

    func listAttachedPolicies(
        of kind: PrincipalRecord.Kind, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        let principal = try principal(kind, input)
        let prefix = input["PathPrefix"]?.stringValue ?? "/"
        let policies = principal.attachedPolicies.filter {
            $0.dropFirst("arn:aws:iam::aws:policy".count).hasPrefix(prefix)
        }
        return try identityPage(
            policies.map { arn in
                ["PolicyArn": .string(arn), "PolicyName": .string(String(arn.split(separator: "/").last ?? ""))]
            }, as: "AttachedPolicies", input)
    }

    mutating func putPolicy(
        of kind: PrincipalRecord.Kind, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        let principal = try changeable(kind, input)
        let policy = try Self.policy(input["PolicyDocument"])
        identity[kind, principal.name]?.inlinePolicies[input["PolicyName"]?.stringValue ?? ""] = policy
        return [:]
    }

    mutating func deletePolicy(
        of kind: PrincipalRecord.Kind, _ input: AttributeValue
    ) throws(CloudFault) -> AttributeValue {
        let principal = try changeable(kind, input)
        let name = try inlinePolicy(of: principal, input).name
        identity[kind, principal.name]?.inlinePolicies[name] = nil
        return [:]
    }

    func getPolicy(of kind: PrincipalRecord.Kind, _ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let principal = try principal(kind, input)
        let policy = try inlinePolicy(of: principal, input)
        return [
            kind.nameMember: .string(principal.name), "PolicyName": .string(policy.name),
            "PolicyDocument": Self.encoded(policy.text),
        ]
    }

    func listPolicies(of kind: PrincipalRecord.Kind, _ input: AttributeValue) throws(CloudFault) -> AttributeValue {
        let names = try principal(kind, input).inlinePolicies.keys.sorted()
        return try identityPage(names.map { .string($0) }, as: "PolicyNames", input)
    }

    private func inlinePolicy(
        of principal: PrincipalRecord, _ input: AttributeValue
    ) throws(CloudFault) -> (name: String, text: String) {
        let name = input["PolicyName"]?.stringValue ?? ""
        guard let text = principal.inlinePolicies[name] else {
            throw .noSuchEntity("The \(principal.kind.rawValue) policy with name \(name) cannot be found.")
        }
        return (name, text)
    }
}
