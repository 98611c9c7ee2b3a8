import AttributeTree
package import Reconciliation
import ResourceModel

extension ELBListener {
    /// The same call again gives what the first one made.
    package func create(_ request: CreateRequest) async throws -> ChangeResult {
        let output = try await aws.elb("CreateListener", Self.creation(request))
        let arn = try AWSAnswer(output, of: "elbv2:CreateListener").string("Listeners", "0", "ListenerArn")
        try await attributes.create(request, arn: arn)
        try await add(Self.furtherCertificates(request.attributes), to: arn)
        return ChangeResult(identity: ResourceIdentity(id: arn))
    }

    static func creation(_ request: CreateRequest) -> AttributeValue {
        var input = Translator.elbv2.input(request.attributes, by: schema.spec)
        input["Attributes"] = nil
        input["Certificates"] = defaultCertificate(input["Certificates"])
        input["Tags"] = Translator.elbv2.tags(request)
        return input
    }

    package func update(_ request: UpdateRequest) async throws -> ChangeResult {
        let target = ChangeTarget(request, schema: Self.schema, translator: .elbv2)
        var input = target.input(except: ["attributes", "tags", "loadBalancer"])
        if input != [:] {
            if request.fields.contains("protocol") { input = withSecurity(input, target) }
            input["Certificates"] = Self.defaultCertificate(input["Certificates"])
            _ = try await aws.elb("ModifyListener", input.with("ListenerArn", .string(request.identity.id)))
        }
        if request.fields.contains("certificates") { try await changeFurtherCertificates(request) }
        try await attributes.update(request)
        try await aws.changeELBTags(target)
        return ChangeResult(identity: request.identity)
    }

    /// From HTTP to HTTPS, AWS needs the policy and certificate in the same call.
    private func withSecurity(_ input: AttributeValue, _ target: ChangeTarget) -> AttributeValue {
        guard ["HTTPS", "TLS"].contains(input["Protocol"]?.stringValue) else { return input }
        return input.with("Certificates", target.whole("certificates")).with("SslPolicy", target.whole("sslPolicy"))
    }

    package func delete(_ request: DeleteRequest) async throws {
        try await unlessAbsent("ListenerNotFound") {
            _ = try await aws.elb("DeleteListener", ["ListenerArn": .string(request.identity.id)])
        }
    }

    // A listener is made with one certificate, the default; the others have calls of their own.

    private static func defaultCertificate(_ certificates: AttributeValue?) -> AttributeValue? {
        guard let first = certificates?[0] else { return certificates }
        return [first]
    }

    static func furtherCertificates(_ attributes: AttributeValue) -> [String] {
        (attributes["certificates"]?.listValue ?? []).dropFirst().compactMap { $0["certificate"]?.stringValue }
    }

    private func changeFurtherCertificates(_ request: UpdateRequest) async throws {
        let wanted = Self.furtherCertificates(request.attributes)
        let present = Self.furtherCertificates(request.observed)
        try await add(wanted.filter { !present.contains($0) }, to: request.identity.id)
        let byDefault = request.attributes["certificates"]?[0]?["certificate"]?.stringValue
        let superfluous = present.filter { !wanted.contains($0) && $0 != byDefault }
        guard !superfluous.isEmpty else { return }
        _ = try await aws.elb("RemoveListenerCertificates", Self.certificates(superfluous, request.identity.id))
    }

    private func add(_ certificates: [String], to arn: String) async throws {
        guard !certificates.isEmpty else { return }
        _ = try await aws.elb("AddListenerCertificates", Self.certificates(certificates, arn))
    }

    private static func certificates(_ arns: [String], _ listener: String) -> AttributeValue {
        ["ListenerArn": .string(listener), "Certificates": .list(arns.map { ["CertificateArn": .string($0)] })]
    }
}
