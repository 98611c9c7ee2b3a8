import AWSModel

extension ImitatedService {
    /// Amazon ECS.
    package static let ecs = ImitatedService(.ecs, [:])
}
