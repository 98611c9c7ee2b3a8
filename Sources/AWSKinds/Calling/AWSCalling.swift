package import AWSModel
package import AttributeTree

/// The seam to AWS: calls in its own words. ``APIClient`` is one; tests script another.
package protocol AWSCalling: Sendable {
    /// - Throws: ``AWSError``, or `CancellationError`.
    func call(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue, repeatable: Bool
    ) async throws -> AttributeValue

    /// The output of the first page, with the results of all.
    func pages(
        _ operation: String, of service: ServiceModel, _ input: AttributeValue
    ) async throws -> AttributeValue

    /// Calls made so far, by operation: `ecs:CreateService`.
    var callCounts: [String: Int] { get }
}
