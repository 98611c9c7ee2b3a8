extension AttributeSchema {
    /// Of a listener that speaks this protocol: what is told about a client's certificate needs TLS.
    static func listener(_ transport: ApplicationProtocol) -> AttributeSchema {
        AttributeSchema(subject: "Listener", entries: response + (transport == .https ? request : []))
    }

    private static let response =
        [Entry("routing.http.response.server.enabled", "true", .flag)]
        + [
            "strict_transport_security", "access_control_allow_origin", "access_control_allow_methods",
            "access_control_allow_headers", "access_control_allow_credentials", "access_control_expose_headers",
            "access_control_max_age", "content_security_policy", "x_content_type_options", "x_frame_options",
        ].map { Entry("routing.http.response.\($0).header_value", "", .text) }

    private static let request = [
        ("x_amzn_mtls_clientcert_serial_number", "X-Amzn-Mtls-Clientcert-Serial-Number"),
        ("x_amzn_mtls_clientcert_issuer", "X-Amzn-Mtls-Clientcert-Issuer"),
        ("x_amzn_mtls_clientcert_subject", "X-Amzn-Mtls-Clientcert-Subject"),
        ("x_amzn_mtls_clientcert_validity", "X-Amzn-Mtls-Clientcert-Validity"),
        ("x_amzn_mtls_clientcert_leaf", "X-Amzn-Mtls-Clientcert-Leaf"),
        ("x_amzn_mtls_clientcert", "X-Amzn-Mtls-Clientcert"),
        ("x_amzn_tls_version", "X-Amzn-Tls-Version"),
        ("x_amzn_tls_cipher_suite", "X-Amzn-Tls-Cipher-Suite"),
    ].map { Entry("routing.http.request.\($0).header_name", $1, .text) }
}
