import AttributeTree

/// What of TLS a listener accepts: one of AWS's predefined policies.
///
/// They are told and accepted; the local load balancer itself accepts TLS 1.2 and 1.3 whatever the policy.
struct SecurityPolicy: Sendable {
    let name: String
    let protocols: [String]
    let ciphers: [String]

    var output: AttributeValue {
        [
            "Name": .string(name), "SslProtocols": .texts(protocols),
            "Ciphers": .list(
                ciphers.enumerated().map { ["Name": .string($1), "Priority": .int($0 + 1)] }),
            "SupportedLoadBalancerTypes": ["application", "network"],
        ]
    }

    static let all: [SecurityPolicy] = [
        SecurityPolicy("ELBSecurityPolicy-2016-08", since: "1.0", forward + plain),
        SecurityPolicy("ELBSecurityPolicy-TLS-1-0-2015-04", since: "1.0", forward + plain + ["DES-CBC3-SHA"]),
        SecurityPolicy("ELBSecurityPolicy-TLS-1-1-2017-01", since: "1.1", forward + plain),
        SecurityPolicy("ELBSecurityPolicy-TLS-1-2-2017-01", since: "1.2", forwardStrong + plainStrong),
        SecurityPolicy("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", since: "1.2", forward + plain),
        SecurityPolicy("ELBSecurityPolicy-FS-2018-06", since: "1.0", forward),
        SecurityPolicy("ELBSecurityPolicy-FS-1-1-2019-08", since: "1.1", forward),
        SecurityPolicy("ELBSecurityPolicy-FS-1-2-2019-08", since: "1.2", forward),
        SecurityPolicy("ELBSecurityPolicy-FS-1-2-Res-2019-08", since: "1.2", forwardStrong),
        SecurityPolicy("ELBSecurityPolicy-FS-1-2-Res-2020-10", since: "1.2", forwardGCM),
        SecurityPolicy("ELBSecurityPolicy-TLS13-1-0-2021-06", since: "1.0", tls13 + forward + plain, to: "1.3"),
        SecurityPolicy("ELBSecurityPolicy-TLS13-1-1-2021-06", since: "1.1", tls13 + forward + plain, to: "1.3"),
        SecurityPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06", since: "1.2", tls13 + forwardStrong, to: "1.3"),
        SecurityPolicy("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", since: "1.2", tls13 + forwardGCM, to: "1.3"),
        SecurityPolicy(
            "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", since: "1.2", tls13 + forwardStrong + plainStrong, to: "1.3"),
        SecurityPolicy("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", since: "1.2", tls13 + forward + plain, to: "1.3"),
        SecurityPolicy("ELBSecurityPolicy-TLS13-1-3-2021-06", since: "1.3", tls13, to: "1.3"),
    ]

    private init(_ name: String, since first: String, _ ciphers: [String], to last: String = "1.2") {
        self.name = name
        protocols = ["1.0", "1.1", "1.2", "1.3"].filter { first <= $0 && $0 <= last }
            .map { $0 == "1.0" ? "TLSv1" : "TLSv\($0)" }
        self.ciphers = ciphers
    }

    private static let tls13 = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]
    private static let forwardGCM = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
    ]
    private static let forwardStrong = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256",
        "ECDHE-RSA-AES128-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-AES256-SHA384", "ECDHE-RSA-AES256-SHA384",
    ]
    private static let forward = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256",
        "ECDHE-RSA-AES128-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-RSA-AES256-SHA384",
        "ECDHE-RSA-AES256-SHA", "ECDHE-ECDSA-AES256-SHA",
    ]
    private static let plainStrong = ["AES128-GCM-SHA256", "AES128-SHA256", "AES256-GCM-SHA384", "AES256-SHA256"]
    private static let plain = [
        "AES128-GCM-SHA256", "AES128-SHA256", "AES128-SHA", "AES256-GCM-SHA384", "AES256-SHA256", "AES256-SHA",
    ]
}
