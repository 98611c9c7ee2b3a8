import AttributeTree

extension OperationModel {
    /// The fault in an answer that is not a success.
    ///
    /// It is found whatever the body looks like: JSON from an XML service and the reverse, a page of a proxy, half a
    /// document, or nothing at all.
    package func decodeFault(_ response: WireResponse) -> ServiceFault {
        var fault = FaultReader(response).fault(of: service.id)
        fault.operation = name
        if let model = errors.first(where: { $0.code == fault.code }) {
            fault.details = FaultReader(response).details(of: model)
        }
        return fault
    }
}

extension ServiceFault {
    /// The fault in an answer of a service whose operations are not modelled.
    package init(_ response: WireResponse, from service: String) {
        self = FaultReader(response).fault(of: service)
    }
}

/// Finds out what an answer complains of.
private struct FaultReader {
    private enum Body {
        case json(AttributeValue)
        case xml(error: XMLElement, root: XMLElement)
        case other
    }

    private let response: WireResponse
    private let body: Body

    init(_ response: WireResponse) {
        self.response = response
        switch response.body.first(where: { $0 > UInt8(ascii: " ") }) {
        case UInt8(ascii: "{"):
            body = (try? AttributeValue(json: response.body)).map { .json($0) } ?? .other
        case UInt8(ascii: "<"), 0xEF:
            let root = XMLDocument(readablePartOf: response.body)?.root
            body = root.flatMap { root in Self.error(in: root).map { .xml(error: $0, root: root) } } ?? .other
        default: body = .other
        }
    }

    /// `<Error>` alone, in `<ErrorResponse>`, or in `<Response><Errors>`.
    private static func error(in root: XMLElement) -> XMLElement? {
        root.isNamed("Error") ? root : root.child("Error") ?? root.child("Errors")?.child("Error")
    }

    func fault(of service: String) -> ServiceFault {
        var fault = ServiceFault(
            service: service, code: "", message: "", status: response.status, requestID: response.requestID)
        switch body {
        case .json(let body):
            fault.code = (body["__type"] ?? body["code"] ?? body["Code"])?.stringValue ?? ""
            fault.message = (body["message"] ?? body["Message"] ?? body["errorMessage"])?.stringValue ?? ""
        case .xml(let error, let root):
            // Half a code would be another code; half a message is better than none.
            if let code = error.child("Code"), code.isComplete { fault.code = code.trimmedText }
            fault.message = (error.child("Message") ?? error.child("message"))?.trimmedText ?? ""
            fault.requestID = fault.requestID ?? Self.requestID(in: [root, error])
        case .other: fault.message = page
        }
        if fault.code.isEmpty { fault.code = response.headers["x-amzn-errortype"] ?? "" }
        fault.code = Self.bareCode(fault.code)
        if fault.code.isEmpty { fault.code = String(response.status) }
        return fault
    }

    /// The code without the namespace before it and the address after it.
    private static func bareCode(_ code: String) -> String {
        let name = code.prefix { $0 != ":" }
        return String(name.split(separator: "#").last ?? "")
    }

    private static func requestID(in elements: [XMLElement]) -> String? {
        for element in elements {
            for holder in [element, element.child("ResponseMetadata")].compactMap(\.self) {
                for name in ["RequestId", "RequestID", "requestId"] {
                    if let identifier = holder.child(name)?.trimmedText { return identifier }
                }
            }
        }
        return nil
    }

    /// What a page says: its title, or the beginning of its text.
    private var page: String {
        let text = response.body.prefix(4096)
        guard text.first == UInt8(ascii: "<") else {
            return text.first == UInt8(ascii: "{") ? "" : String(decoding: text.prefix(200), as: UTF8.self)
        }
        let lowercased = text.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        guard let start = lowercased.firstRange(of: "<title>".utf8)?.upperBound,
            let end = lowercased[start...].firstRange(of: "</title>".utf8)?.lowerBound
        else { return "" }
        return String(decoding: text[start..<end], as: UTF8.self)
    }

    func details(of model: ErrorModel) -> AttributeValue {
        switch body {
        case .json(let body): (try? JSONBody.decode(body, as: model.shape)) ?? [:]
        case .xml(let error, _): (try? XMLBody.decode(error, as: model.shape)) ?? [:]
        case .other: [:]
        }
    }
}
