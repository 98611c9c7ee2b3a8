/// What the rules and the balancing look at in a request.
///
/// Each member is asked for only when a rule needs it, so that none has to be ready beforehand.
package protocol RoutableRequest {
    /// In the letters in which it was sent.
    var method: String { get }
    /// As it was sent, still percent-encoded and without the query.
    var path: Substring { get }
    /// As it was sent, without its `?`; empty where there is none.
    var query: Substring { get }
    /// Without the port.
    var host: Substring { get }
    /// The port of the listener.
    var port: Int { get }
    /// `http` or `https`: how the client speaks to the listener.
    var scheme: String { get }
    /// Of the other end of the connection; `nil` where that is no IP connection.
    var peer: IPAddress? { get }
    /// The values of all the headers of this name, in their order.
    func headerValues(_ lowercaseName: String) -> [String]
}
