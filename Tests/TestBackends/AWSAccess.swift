/// Where an AWS API answers on this machine, and the key it accepts.
package struct AWSAccess: Sendable {
    package var port: Int
    package var accessKeyID: String
    package var secretAccessKey: String
    package var region: String

    package init(port: Int, accessKeyID: String, secretAccessKey: String, region: String = "eu-west-1") {
        self.port = port
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.region = region
    }

    /// What every AWS client reads.
    package var environment: [String: String] {
        [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "AWS_REGION": region, "AWS_DEFAULT_REGION": region,
            "AWS_ACCESS_KEY_ID": accessKeyID, "AWS_SECRET_ACCESS_KEY": secretAccessKey,
        ]
    }
}
