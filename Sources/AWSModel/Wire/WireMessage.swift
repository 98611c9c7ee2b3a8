/// A request as the protocols define it: what stands between an operation and HTTP.
package struct WireRequest: Sendable, Equatable {
    package var method: String
    package var path: String
    /// What follows the question mark, still encoded.
    package var query: String?
    package var headers: WireHeaders
    package var body: [UInt8]

    package init(
        method: String = "POST", path: String = "/", query: String? = nil, headers: WireHeaders = [:],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}

/// An answer as the protocols define it.
package struct WireResponse: Sendable, Equatable {
    package var status: Int
    package var headers: WireHeaders
    package var body: [UInt8]

    package init(status: Int, headers: WireHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var isSuccess: Bool { (200..<300).contains(status) }

    /// What AWS's support asks for, where the headers tell it.
    package var requestID: String? {
        headers["x-amzn-requestid"] ?? headers["x-amz-request-id"] ?? headers["x-amz-requestid"]
    }
}

/// Header fields in their order; names are compared without regard to case.
package struct WireHeaders: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package var name: String
        package var value: String
    }

    package private(set) var fields: [Field] = []

    package init() {}

    package init(_ fields: some Sequence<(name: String, value: String)>) {
        self.fields = fields.map { Field(name: $0.name, value: $0.value) }
    }

    /// The first field of that name. To set it replaces all of them.
    package subscript(name: String) -> String? {
        get {
            let name = name.lowercased()
            return fields.first { $0.name.lowercased() == name }?.value
        }
        set {
            let lowercased = name.lowercased()
            fields.removeAll { $0.name.lowercased() == lowercased }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }
}

extension WireHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}
