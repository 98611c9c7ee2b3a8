/// What the cookies are called by which clients come back.
package struct CookieNames: Sendable, Hashable {
    /// Names a target group.
    package var group: String
    /// Names a target.
    package var target: String
    /// Names a target, for as long as the client has the application's own cookie too.
    package var application: String

    package init(
        group: String = "balancer-group", target: String = "balancer-target",
        application: String = "balancer-application"
    ) {
        self.group = group
        self.target = target
        self.application = application
    }
}

/// A cookie that goes to the client with the answer.
package struct ResponseCookie: Sendable, Hashable {
    /// The value of `Set-Cookie`.
    package var header: String
    /// It is sent only with an answer in which the target sets a cookie of this name; `nil`: with every answer.
    package var companion: String?

    /// A cookie that clients keep for seven days, whatever the time for which it means something.
    init(name: String, value: StickyCookie, companion: String? = nil) {
        header = "\(name)=\(value.value); Max-Age=604800; Path=/"
        self.companion = companion
    }
}

extension RoutableRequest {
    /// The value of the first cookie of this name.
    func cookie(_ name: String) -> Substring? {
        for header in headerValues("cookie") {
            for pair in header.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard pair.hasPrefix(name) else { continue }
                let rest = pair.dropFirst(name.count)
                if rest.first == "=" { return rest.dropFirst() }
            }
        }
        return nil
    }

    /// The target group or target that this cookie brings the client back to.
    func stickyToken(_ name: String, now: () -> Duration) -> StickyToken? {
        guard let cookie = cookie(name).flatMap({ StickyCookie($0) }), cookie.holds(at: now()) else { return nil }
        return cookie.token
    }
}
