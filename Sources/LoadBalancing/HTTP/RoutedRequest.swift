/// A request as the rules see it. Texts are made of it only when a rule asks for them.
package struct RoutedRequest: RoutableRequest, Sendable {
    let head: RequestHead
    private let client: Peer
    private let isSecure: Bool
    package let port: Int

    /// - Parameter port: of the listener.
    package init(_ head: RequestHead, from client: Peer, isSecure: Bool, port: Int) {
        self.head = head
        self.client = client
        self.isSecure = isSecure
        self.port = port
    }

    package var method: String { head.bytes.text(head.methodRange) }
    package var path: Substring { head.target.path.isEmpty ? "/" : head.bytes.text(head.target.path)[...] }
    package var query: Substring { head.target.query.map { head.bytes.text($0)[...] } ?? "" }
    package var scheme: String { isSecure ? "https" : "http" }
    package var peer: IPAddress? { client.ipAddress }

    package var host: Substring {
        guard let authority = head.authority else { return "" }
        let text = head.bytes.text(authority)[...]
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") { return text[...end] }
        return text.prefix { $0 != ":" }
    }

    package func headerValues(_ lowercaseName: String) -> [String] {
        head.fields.compactMap { field in
            head.bytes.text(field.nameRange).lowercased() == lowercaseName ? head.bytes.text(field.value) : nil
        }
    }
}
