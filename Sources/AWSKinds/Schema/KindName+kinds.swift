package import ResourceModel

extension KindName {
    package static let cluster: KindName = "Cluster"
    package static let taskDefinition: KindName = "TaskDefinition"
    package static let loadBalancer: KindName = "LoadBalancer"
    package static let targetGroup: KindName = "TargetGroup"
    package static let listener: KindName = "Listener"
    package static let service: KindName = "Service"
    /// What is observed under a service; no manifest has it.
    package static let tasks: KindName = "Tasks"
}
