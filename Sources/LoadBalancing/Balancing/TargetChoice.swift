/// Where a request goes.
package struct TargetChoice: Sendable, Hashable {
    package var key: TargetKey
    /// Whether the target is spoken to over TLS.
    package var isSecure: Bool
    /// Whether the target is spoken to in HTTP/2.
    package var speaksHTTP2 = false
    /// What the answer brings to the client.
    package var cookies: [ResponseCookie]
}

extension ForwardAction {
    /// One of the destinations, as often as its weight says; `nil` where none has any.
    func chooseTargetGroup(using generator: inout some RandomNumberGenerator) -> TargetGroupID? {
        let total = destinations.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        if destinations.count == 1 { return destinations[0].targetGroup }
        var draw = Int.random(in: 0..<total, using: &generator)
        for destination in destinations {
            draw -= destination.weight
            if draw < 0 { return destination.targetGroup }
        }
        return nil
    }
}
