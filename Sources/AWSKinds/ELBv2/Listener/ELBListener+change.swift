import AttributeTree
package import Reconciliation
import ResourceModel

extension ELBListener {
    /// The same call again gives what the first one made.
    package func create(_ request: CreateRequest) async throws -> ChangeResult {
        let output = try await aws.elb("CreateListener", Self.creation(request))
        let arn = try AWSAnswer(output, of: "elbv2:CreateListener").string("Listeners", "0", "ListenerArn")
        try await aws.refuseToTakeOver(arn, request)
        try await add(Self.furtherCertificates(request.attributes), to: arn)
        try await attributes.create(request, arn: arn)
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
        let input = modification(target)
        let changesCertificates = request.fields.contains("certificates")
        if changesCertificates { try await removeFurtherCertificates(request) }
        if input != [:] {
            _ = try await aws.elb("ModifyListener", input.with("ListenerArn", .string(request.identity.id)))
        }
        if changesCertificates {
            let present = Self.furtherCertificates(request.observed)
            let wanted = Self.furtherCertificates(request.attributes)
            try await add(wanted.filter { !present.contains($0) }, to: request.identity.id)
        }
        try await attributes.update(request)
        try await aws.changeELBTags(target)
        return ChangeResult(identity: request.identity)
    }

    /// The input of `ModifyListener`, without what does not change.
    ///
    /// From HTTP to HTTPS, AWS needs the policy and certificate in the same call; the other way round it drops both by
    /// itself, and takes neither.
    func modification(_ target: ChangeTarget) -> AttributeValue {
        var input = target.input(except: ["attributes", "tags", "loadBalancer"])
        let isSecured = ["HTTPS", "TLS"].contains(input["Protocol"]?.stringValue)
        if isSecured {
            input = input.with("Certificates", target.whole("certificates"))
                .with("SslPolicy", target.whole("sslPolicy"))
        }
        input["Certificates"] = Self.defaultCertificate(input["Certificates"])
        let isSame = target.request.attributes["certificates"]?[0] == target.request.observed["certificates"]?[0]
        if !isSecured && isSame || input["Certificates"] == [] { input["Certificates"] = nil }
        return input
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

    /// Comes first: a listener that is to speak HTTP has none to be removed.
    private func removeFurtherCertificates(_ request: UpdateRequest) async throws {
        let wanted = (request.attributes["certificates"]?.listValue ?? []).compactMap { $0["certificate"]?.stringValue }
        let superfluous = Self.furtherCertificates(request.observed).filter { !wanted.contains($0) }
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
