/// One header of a request, under the name as it was written.
package struct HeaderField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    func isNamed(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }
}

/// What a signature covers: a request as it goes over the wire.
///
/// `Host` is among the headers. The path is not empty and, like the query, is what stands in the request line.
package struct SignableRequest: Sendable, Hashable {
    package var method: String
    package var path: String
    /// Without the question mark; empty when there is none.
    package var query: String
    package var headers: [HeaderField]
    package var body: [UInt8]

    package init(method: String, path: String, query: String = "", headers: [HeaderField], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, in any case.
    package func header(_ name: String) -> String? {
        headers.first { $0.isNamed(name) }?.value
    }

    /// Puts a header where one of its name stands, or at the end.
    package mutating func setHeader(_ name: String, _ value: String) {
        if let index = headers.firstIndex(where: { $0.isNamed(name) }) {
            headers[index].value = value
        } else {
            headers.append(HeaderField(name, value))
        }
    }
}
