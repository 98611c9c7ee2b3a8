import AWSModel
import AttributeTree
import Logging
import SigV4

/// Answers the requests of AWS's clients: finds the service, checks who asks, and has the world changed.
///
/// Whatever comes in is answered; ``answer(_:at:)`` does not throw.
struct FrontDoor: Sendable {
    let engine: CloudEngine
    let catalog: ServiceCatalog
    let authenticator: Authenticator
    let faults: FaultInjector
    let logger: Logger
    private let ids = IDSource()

    /// A call that was not done: the world is as it was.
    private enum CallFailure: Error {
        case refused(CloudFault)
        case unanswerable(InvalidOutput)
    }

    /// - Parameter time: real time.
    /// - Returns: `nil` where the connection is to be closed without an answer.
    func answer(_ request: WireRequest, at time: SigningTime) async -> WireResponse? {
        let requestID = ids.uuid()
        let claim = ClaimedIdentity(request)
        let destination = catalog.destination(of: request, claiming: claim)
        do throws(CloudFault) {
            let caller = try authenticate(request, claim, destination, at: time)
            switch destination {
            case .service(let service): return await answer(request, service, caller, requestID)
            case .objects: return await answerObjects(request, caller, requestID)
            case .unknown(let dialect): throw dialect.unknownOperation
            }
        } catch {
            return encode(error, destination, requestID)
        }
    }

    private func authenticate(
        _ request: WireRequest, _ claim: ClaimedIdentity?, _ destination: ServiceCatalog.Destination,
        at time: SigningTime
    ) throws(CloudFault) -> Caller {
        if claim == nil, request.headers["Authorization"] == nil, case .service(let service) = destination,
            let name = ServiceCatalog.operationName(of: request, service.model),
            service.model.operation(name)?.isSigned == false
        {
            return Caller(accessKeyID: "", arn: "", userID: "")
        }
        return try authenticator.authenticate(request, claiming: claim, in: destination.dialect, at: time)
    }

    private func encode(
        _ fault: CloudFault, _ destination: ServiceCatalog.Destination, _ requestID: String
    ) -> WireResponse {
        guard case .service(let service) = destination else {
            return destination.dialect.encode(fault, requestID: requestID)
        }
        return service.model.metadata.encode(ServiceFault(fault), requestID: requestID)
    }
}

extension FrontDoor {
    private func answer(
        _ request: WireRequest, _ service: ImitatedService, _ caller: Caller, _ requestID: String
    ) async -> WireResponse? {
        let name = ServiceCatalog.operationName(of: request, service.model) ?? ""
        let decision = faults.decide(service.model.id, name)
        await delay(decision)
        if let fault = decision.refusal?.fault(in: Dialect(service.model.wireProtocol)) {
            return service.model.metadata.encode(ServiceFault(fault), requestID: requestID)
        }
        let response: WireResponse
        do throws(ServiceFault) {
            let (operation, input) = try service.model.decodeRequest(request)
            guard let handler = service.operations[operation.name] else {
                throw ServiceFault(Dialect(service.model.wireProtocol).unknownOperation)
            }
            response = try call(operation, input, caller, requestID, handler, staleSeconds: decision.staleSeconds)
        } catch {
            response = service.model.metadata.encode(error, requestID: requestID)
        }
        log(response, service.model.id, name)
        return decision.dropsAnswer ? nil : response
    }

    private func call(
        _ operation: OperationModel, _ input: AttributeValue, _ caller: Caller, _ requestID: String,
        _ handler: OperationHandler, staleSeconds: Double?
    ) throws(ServiceFault) -> WireResponse {
        let service = operation.service.id
        do throws(CallFailure) {
            return try perform(as: caller, staleSeconds: staleSeconds) { world, context throws(CallFailure) in
                let output: AttributeValue
                do throws(CloudFault) {
                    output = try handler(&world, input, context)
                } catch {
                    throw .refused(error)
                }
                do throws(InvalidOutput) {
                    return try operation.encodeResponse(output, requestID: requestID)
                } catch {
                    throw .unanswerable(error)
                }
            }
        } catch {
            switch error {
            case .refused(let fault): throw ServiceFault(fault, service: service, operation: operation.name)
            case .unanswerable(let output):
                logger.error("answer does not fit the model", metadata: ["problems": "\(output)"])
                throw ServiceFault(
                    service: service, operation: operation.name, code: "InternalFailure",
                    message: "The request processing has failed because of an unknown error, exception or failure.",
                    status: 500)
            }
        }
    }

    private func answerObjects(
        _ request: WireRequest, _ caller: Caller, _ requestID: String
    ) async -> WireResponse? {
        var request = request
        do throws(ChunkedObject.Malformed) {
            try request.decodeChunkedObject()
        } catch {
            return S3Fault.encode(
                CloudFault("IncompleteBody", "The request body terminated unexpectedly"), requestID: requestID)
        }
        let name = ObjectCall.operationName(of: request)
        let decision = faults.decide("s3", name)
        await delay(decision)
        if let fault = decision.refusal?.fault(in: .s3) { return S3Fault.encode(fault, requestID: requestID) }
        let call = request
        var response = perform(as: caller, staleSeconds: decision.staleSeconds) { world, context in
            answerObjectRequest(call, world: &world, context: context)
        }
        if response.headers["x-amz-request-id"] == nil { response.headers["x-amz-request-id"] = requestID }
        log(response, "s3", name)
        return decision.dropsAnswer ? nil : response
    }

    /// In the world as it is; in one of the past nothing changes.
    private func perform<Failure: Error>(
        as caller: Caller, staleSeconds: Double?,
        _ body: (inout World, CallContext) throws(Failure) -> WireResponse
    ) throws(Failure) -> WireResponse {
        guard let staleSeconds else { return try engine.change(as: caller, body) }
        var past = engine.world(secondsAgo: staleSeconds)
        return try body(&past, CallContext(now: engine.clock.moment, caller: caller, ids: ids))
    }

    /// In real time: it is the patience of the caller that is tried.
    private func delay(_ decision: FaultPlan.Decision) async {
        guard decision.delayMilliseconds > 0 else { return }
        try? await Task.sleep(for: .milliseconds(decision.delayMilliseconds))
    }

    private func log(_ response: WireResponse, _ service: String, _ operation: String) {
        logger.debug(
            "answered",
            metadata: ["operation": "\(service):\(operation)", "status": "\(response.status)"])
    }
}

extension Dialect {
    /// What is said to an operation that AWS does not have, or this cloud does not.
    fileprivate var unknownOperation: CloudFault {
        switch self {
        case .json: CloudFault("UnknownOperationException", "")
        case .query, .ec2: CloudFault("InvalidAction", "The action is not valid for this web service.")
        case .s3:
            CloudFault(
                "NotImplemented", "A header you provided implies functionality that is not implemented", status: 501)
        }
    }
}
