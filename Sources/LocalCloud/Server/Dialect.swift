import AWSModel

/// The way in which a group of services says that it refuses: each has its own codes, statuses and bodies.
enum Dialect: Sendable, Hashable, CaseIterable {
    case json, query, ec2, s3

    init(_ wireProtocol: WireProtocol) {
        self =
            switch wireProtocol {
            case .awsJSON1_1: .json
            case .awsQuery: .query
            case .ec2Query: .ec2
            }
    }

    /// What a request looks like that names no service.
    init(guessedFrom request: WireRequest) {
        if request.headers["X-Amz-Target"] != nil {
            self = .json
        } else if request.method == "POST", request.path == "/" {
            self = .query
        } else {
            self = .s3
        }
    }

    /// The answer of a service whose shapes are not known.
    func encode(_ fault: CloudFault, requestID: String) -> WireResponse {
        guard self != .s3 else { return S3Fault.encode(fault, requestID: requestID) }
        let metadata = ServiceModel.Metadata(
            id: "", endpointPrefix: "", signingName: "", apiVersion: "", wireProtocol: wireProtocol)
        return metadata.encode(ServiceFault(fault), requestID: requestID)
    }

    private var wireProtocol: WireProtocol {
        switch self {
        case .json: .awsJSON1_1
        case .query, .s3: .awsQuery
        case .ec2: .ec2Query
        }
    }
}

extension ServiceFault {
    init(_ fault: CloudFault, service: String = "", operation: String? = nil) {
        self.init(
            service: service, operation: operation, code: fault.code, message: fault.message, status: fault.status,
            details: fault.details)
    }
}
