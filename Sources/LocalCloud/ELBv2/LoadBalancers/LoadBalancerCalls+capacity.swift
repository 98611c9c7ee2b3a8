import AttributeTree

extension LoadBalancerCalls {
    /// The least that may be reserved for an Application Load Balancer.
    private static let leastCapacity = 100

    static func describeCapacity(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        try world.balancing.loadBalancer(in: input).capacityOutput
    }

    static func modifyCapacity(
        _ world: inout World, _ input: AttributeValue, _ context: CallContext
    ) throws(CloudFault) -> AttributeValue {
        var changed = try world.balancing.loadBalancer(in: input)
        if input["ResetCapacityReservation"] == true {
            changed.reservation = nil
        } else {
            guard let units = input["MinimumLoadBalancerCapacity"]?["CapacityUnits"]?.intValue else {
                throw .validation("The minimum capacity of the load balancer must be specified")
            }
            guard units >= leastCapacity else {
                throw .invalidConfiguration("The minimum capacity '\(units)' is less than '\(leastCapacity)'")
            }
            changed.reservation = LoadBalancerRecord.Reservation(units: units, modifiedAt: context.now)
        }
        world.balancing.loadBalancers[changed.arn] = changed
        return changed.capacityOutput
    }
}

extension LoadBalancerRecord {
    fileprivate var capacityOutput: AttributeValue {
        .structure([
            "LastModifiedTime": reservation.map { .number($0.modifiedAt.secondsSince1970) },
            "DecreaseRequestsRemaining": 2,
            "MinimumLoadBalancerCapacity": reservation.map { ["CapacityUnits": .int($0.units)] },
            "CapacityReservationState": .list(
                reservation.map { reservation in
                    zones.map { zone in
                        [
                            "AvailabilityZone": .string(zone.name), "State": ["Code": "provisioned"],
                            "EffectiveCapacityUnits": .number(Double(reservation.units) / Double(zones.count)),
                        ]
                    }
                } ?? []),
        ])
    }
}
