/// Something that is to go wrong with calls of some operations.
package struct FaultRule: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Refuses in the service's own way as one call too many.
        case throttle
        case error(code: String, status: Int, message: String)
        /// Answers later, in real milliseconds.
        case delay(milliseconds: Int)
        /// Does what was asked, and closes the connection instead of answering.
        case dropAnswer
        /// Answers calls that only read as the world was so many seconds of the cloud's time ago.
        case staleReads(seconds: Double)
    }

    /// `service:operation` in which `*` stands for any characters: `ecs:Describe*`, `*:*`. Services have the names of
    /// the AWS CLI: `ecs`, `elbv2`, `ec2`, `logs`, `iam`, `sts`, `s3`, `ssm`, `secretsmanager`.
    package var operations: String
    package var kind: Kind
    /// How many calls it still befalls; `nil`: all.
    package var count: Int?
    /// From 0 to 1.
    package var probability: Double

    package init(_ operations: String, _ kind: Kind, count: Int? = nil, probability: Double = 1) {
        self.operations = operations
        self.kind = kind
        self.count = count
        self.probability = probability
    }

    func befalls(_ service: String, _ operation: String) -> Bool {
        Wildcard(operations).matches("\(service):\(operation)")
    }
}
