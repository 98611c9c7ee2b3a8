import AWSModel

extension ServiceModel.Metadata {
    /// AWS's own id of the service, from which the names of its settings are made: `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`.
    var serviceID: String {
        switch id {
        case "elbv2": "Elastic Load Balancing v2"
        case "logs": "CloudWatch Logs"
        case "tagging": "Resource Groups Tagging API"
        default: id
        }
    }
}
