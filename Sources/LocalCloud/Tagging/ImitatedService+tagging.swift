import AWSModel
import AttributeTree

extension ImitatedService {
    /// The Resource Groups Tagging API, over all services here that have tags.
    package static let tagging = ImitatedService(
        .tagging, ["GetResources": { world, input, _ throws(CloudFault) in try world.getResources(input) }])
}
