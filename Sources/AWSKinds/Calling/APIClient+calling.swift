package import AWSClient

extension APIClient: AWSCalling {
    package var callCounts: [String: Int] { counts.calls }
}
