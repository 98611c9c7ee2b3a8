/// What the cookies are called by which clients come back.
package struct CookieNames: Sendable, Hashable {
    /// Names a target group.
    package var group: String
    /// Names a target.
    package var target: String
    /// Names a target, for as long as the client has the application's own cookie too.
    package var application: String
    /// What the name of a second cookie for the target group and for the target ends with: the one that browsers send
    /// when another site's page makes the request. `nil`: there is none.
    package var crossSiteSuffix: String?

    package init(
        group: String = "balancer-group", target: String = "balancer-target",
        application: String = "balancer-application", crossSiteSuffix: String? = nil
    ) {
        self.group = group
        self.target = target
        self.application = application
        self.crossSiteSuffix = crossSiteSuffix
    }

    /// The cookies that say the same to requests from any site.
    func cookies(_ name: String, _ value: StickyCookie) -> [ResponseCookie] {
        let cookie = ResponseCookie(name: name, value: value)
        guard let crossSiteSuffix else { return [cookie] }
        return [cookie, ResponseCookie(crossSite: name + crossSiteSuffix, value: value)]
    }

    /// What one of the cookies of this name says that a request brings.
    func token(_ name: String, in request: some RoutableRequest, now: () -> Duration) -> StickyToken? {
        if let token = request.stickyToken(name, now: now) { return token }
        return crossSiteSuffix.flatMap { request.stickyToken(name + $0, now: now) }
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

    /// One that browsers send over TLS from every site.
    init(crossSite name: String, value: StickyCookie) {
        self.init(name: name, value: value)
        header += "; SameSite=None; Secure"
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
