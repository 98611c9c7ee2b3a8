import AttributeTree

/// How a service rolls, as AWS writes it.
enum DeploymentConfiguration {
    static func defaults(isDaemon: Bool) -> AttributeValue {
        [
            "maximumPercent": isDaemon ? 100 : 200, "minimumHealthyPercent": isDaemon ? 0 : 100,
            "strategy": "ROLLING", "bakeTimeInMinutes": 0,
            "deploymentCircuitBreaker": ["enable": false, "rollback": false],
            "alarms": ["alarmNames": [], "rollback": false, "enable": false],
        ]
    }

    /// With the members that a call gives, each as a whole.
    static func merged(_ configuration: AttributeValue, with given: AttributeValue?) -> AttributeValue {
        var merged = configuration
        for (member, value) in given?.mapValue ?? [:] { merged[member] = value }
        if var breaker = given?["deploymentCircuitBreaker"] {
            if breaker["enable"] == true {
                breaker["resetOnHealthyTask"] = breaker["resetOnHealthyTask"] ?? true
                breaker["thresholdConfiguration"] =
                    breaker["thresholdConfiguration"] ?? ["type": "BOUNDED_PERCENT", "value": 50]
            }
            merged["deploymentCircuitBreaker"] = breaker
        }
        return merged
    }

    static func check(_ configuration: AttributeValue, isDaemon: Bool) throws(CloudFault) {
        try checkImitated(configuration)
        let maximum = configuration["maximumPercent"]?.intValue ?? 0
        let minimum = configuration["minimumHealthyPercent"]?.intValue ?? 0
        guard (0...100).contains(minimum) else {
            throw .invalidParameter("minimumHealthyPercent must be between 0 and 100.")
        }
        guard (100...200).contains(maximum) || (maximum > 200 && !isDaemon) else {
            throw .invalidParameter("maximumPercent must be greater than or equal to 100.")
        }
        if maximum == 100, minimum == 100 {
            throw .invalidParameter(
                "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.")
        }
        guard let threshold = configuration["deploymentCircuitBreaker"]?["thresholdConfiguration"] else { return }
        let most = threshold["type"] == "COUNT" ? Int.max : 100
        guard let value = threshold["value"]?.intValue, (1...most).contains(value) else {
            throw .invalidParameter("The value of the deployment circuit breaker's threshold is not valid.")
        }
    }

    /// Only rolling deployments are imitated.
    private static func checkImitated(_ configuration: AttributeValue) throws(CloudFault) {
        if let strategy = configuration["strategy"]?.stringValue, strategy != "ROLLING" {
            throw .unsupported("The deployment strategy \(strategy) is not supported here.")
        }
        for (member, name) in [("alarms", "Deployment alarms"), ("earlySuccessCriteria", "Early success criteria")]
        where configuration[member]?["enable"] == true {
            throw .unsupported("\(name) are not supported here.")
        }
        if !(configuration["lifecycleHooks"]?.listValue ?? []).isEmpty {
            throw .unsupported("Deployment lifecycle hooks are not supported here.")
        }
    }
}

extension CloudFault {
    /// What AWS has and this cloud does not.
    static func unsupported(_ message: String) -> Self { Self("UnsupportedFeatureException", message) }
}
