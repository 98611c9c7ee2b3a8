package import AttributeTree

extension Boto3 {
    /// A call as `Tools/backends/boto3-session.py` reads it.
    package struct Call: Sendable {
        package var json: AttributeValue

        /// - Parameters:
        ///   - service: as boto3 names it: `elbv2`.
        ///   - operation: as boto3 names it: `create_target_group`.
        package init(_ service: String, _ operation: String, _ parameters: AttributeValue = [:]) {
            json = ["service": .string(service), "operation": .string(operation), "parameters": parameters]
        }

        package init(_ service: String, waiting waiter: String, _ parameters: AttributeValue, attempts: Int) {
            json = [
                "service": .string(service), "waiter": .string(waiter), "parameters": parameters,
                "attempts": .int(attempts),
            ]
        }

        /// The call made by a client that is another than the environment describes.
        ///
        /// - Parameter signer: what is different about it.
        package func signed(_ signer: AttributeValue) -> Call {
            var call = self
            call.json["signer"] = signer
            return call
        }

        /// The call as a URL that anybody may fetch for so many seconds, which is done at once.
        package func presigned(seconds: Int) -> Call {
            var call = self
            call.json["presigned"] = .int(seconds)
            return call
        }
    }
}
