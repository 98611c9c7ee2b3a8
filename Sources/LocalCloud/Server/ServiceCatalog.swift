import AWSModel

/// The services that are imitated, as a request finds them.
struct ServiceCatalog: Sendable {
    /// Where a request goes.
    enum Destination: Sendable {
        case service(ImitatedService)
        case objects
        /// To a service that is not imitated.
        case unknown(Dialect)

        var dialect: Dialect {
            switch self {
            case .service(let service): Dialect(service.model.wireProtocol)
            case .objects: .s3
            case .unknown(let dialect): dialect
            }
        }
    }

    private let bySigningName: [String: ImitatedService]

    init(_ services: [ImitatedService]) {
        bySigningName = Dictionary(services.map { ($0.model.signingName, $0) }) { _, last in last }
    }

    /// By the scope of the signature; one without is looked up by what it calls.
    func destination(of request: WireRequest, claiming claim: ClaimedIdentity?) -> Destination {
        if let claim {
            if let service = bySigningName[claim.service] { return .service(service) }
            return claim.service == "s3" ? .objects : .unknown(Dialect(guessedFrom: request))
        }
        let dialect = Dialect(guessedFrom: request)
        let called = bySigningName.values.first { service in
            (dialect == .json) == (service.model.wireProtocol == .awsJSON1_1)
                && Self.operationName(of: request, service.model).map { service.model.operation($0) != nil } ?? false
                && [nil, service.model.apiVersion].contains(Self.parameter("Version", of: request))
        }
        return called.map { .service($0) } ?? (dialect == .s3 ? .objects : .unknown(dialect))
    }

    /// What a request wants to call, whether there is such an operation or not.
    static func operationName(of request: WireRequest, _ model: ServiceModel) -> String? {
        switch model.wireProtocol {
        case .awsJSON1_1:
            let target = request.headers["X-Amz-Target"] ?? ""
            let prefix = model.targetPrefix.map { "\($0)." } ?? ""
            return target.hasPrefix(prefix) ? String(target.dropFirst(prefix.count)) : nil
        case .awsQuery, .ec2Query: return parameter("Action", of: request)
        }
    }

    /// Of the names and versions that are asked for, none needs decoding.
    private static func parameter(_ name: String, of request: WireRequest) -> String? {
        let form = request.body.isEmpty ? request.query ?? "" : String(decoding: request.body, as: UTF8.self)
        return form.split(separator: "&").first { $0.hasPrefix("\(name)=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }
}
