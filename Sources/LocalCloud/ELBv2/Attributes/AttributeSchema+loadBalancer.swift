extension AttributeSchema {
    static let loadBalancer = AttributeSchema(
        subject: "Load balancer",
        entries: [
            Entry("access_logs.s3.enabled", "false", .flag),
            Entry("access_logs.s3.bucket", "", .text),
            Entry("access_logs.s3.prefix", "", .text),
            Entry("client_keep_alive.seconds", "3600", .number(60...604800)),
            Entry("connection_logs.s3.enabled", "false", .flag),
            Entry("connection_logs.s3.bucket", "", .text),
            Entry("connection_logs.s3.prefix", "", .text),
            Entry("deletion_protection.enabled", "false", .flag),
            Entry("health_check_logs.s3.enabled", "false", .flag),
            Entry("health_check_logs.s3.bucket", "", .text),
            Entry("health_check_logs.s3.prefix", "", .text),
            Entry("idle_timeout.timeout_seconds", "60", .number(1...4000)),
            Entry("ipv6.deny_all_igw_traffic", "false", .flag),
            Entry("load_balancing.cross_zone.enabled", "true", .flag),
            Entry("routing.http.desync_mitigation_mode", "defensive", .oneOf(["monitor", "defensive", "strictest"])),
            Entry("routing.http.drop_invalid_header_fields.enabled", "false", .flag),
            Entry("routing.http.preserve_host_header.enabled", "false", .flag),
            Entry("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false", .flag),
            Entry("routing.http.xff_client_port.enabled", "false", .flag),
            Entry("routing.http.xff_header_processing.mode", "append", .oneOf(["append", "preserve", "remove"])),
            Entry("routing.http2.enabled", "true", .flag),
            Entry("waf.fail_open.enabled", "false", .flag),
            Entry("zonal_shift.config.enabled", "false", .flag),
        ])
}
