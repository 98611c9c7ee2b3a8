import AttributeTree

extension ServiceCheck {
    var loadBalancers: [AttributeValue] { settings["loadBalancers"]?.listValue ?? [] }

    func checkLoadBalancers() throws(CloudFault) {
        if loadBalancers.count > 5 { throw .invalidParameter("load balancers can have at most 5 items.") }
        for balancer in loadBalancers {
            guard let arn = balancer["targetGroupArn"]?.stringValue else {
                throw .unsupported("Classic Load Balancers are not supported here; give a targetGroupArn.")
            }
            if balancer["advancedConfiguration"] != nil {
                throw .unsupported("advancedConfiguration is not supported here, as only rolling deployments are.")
            }
            try checkTargetGroup(arn)
            try checkContainer(of: balancer)
        }
    }

    private func checkTargetGroup(_ arn: String) throws(CloudFault) {
        guard let group = world.targetGroup(arn) else {
            throw .invalidParameter("The target group with targetGroupArn \(arn) does not exist.")
        }
        if given.contains("loadBalancers"), !world.isReachable(targetGroup: arn) {
            throw .invalidParameter(
                "The target group with targetGroupArn \(arn) does not have an associated load balancer.")
        }
        let mode = definition.networkMode
        guard (mode == "awsvpc") == (group.targetType == .ip) else {
            throw .invalidParameter(
                "The provided target group \(arn) has target type \(group.targetType.rawValue), which is incompatible "
                    + "with the \(mode) network mode specified in the task definition.")
        }
        let subnets = settings["networkConfiguration"]?["awsvpcConfiguration"]?["subnets"]?.listValue ?? []
        let vpcs = Set(subnets.compactMap(\.stringValue).compactMap(world.network.subnet).map(\.vpc))
        guard vpcs.isSubset(of: [group.vpcID]) else {
            throw .invalidParameter(
                "The provided target group \(arn) is not in the VPC of the subnets of the service.")
        }
    }

    private func checkContainer(of balancer: AttributeValue) throws(CloudFault) {
        guard let name = balancer["containerName"]?.stringValue, !name.isEmpty else {
            throw .invalidParameter("Container name can not be blank.")
        }
        guard let port = balancer["containerPort"]?.intValue else {
            throw .invalidParameter("Container port can not be blank.")
        }
        guard let container = definition.container(name) else {
            throw .invalidParameter("The container \(name) does not exist in the task definition.")
        }
        let ports = (container["portMappings"]?.listValue ?? []).compactMap { $0["containerPort"]?.intValue }
        guard ports.contains(port) else {
            throw .invalidParameter("The container \(name) did not have a container port \(port) defined.")
        }
    }
}
