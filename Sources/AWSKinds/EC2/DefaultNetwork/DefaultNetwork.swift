import AWSModel
import AttributeTree
package import ResourceModel

/// What the word `default` stands for: the default VPC of the account in the region, and what is in it.
struct DefaultNetwork: Sendable {
    var aws: AWSAccess

    /// - Throws: ``MissingDefaultNetwork``.
    func lookUp(_ subjects: Set<Lookup.Subject>) async throws -> [Lookup.Subject: AttributeValue] {
        guard !subjects.isEmpty else { return [:] }
        let vpc = try await defaultVPC()
        var found: [Lookup.Subject: AttributeValue] = [.vpc: .string(vpc)]
        if subjects.contains(.subnets) { found[.subnets] = .strings(try await subnets(of: vpc)) }
        if subjects.contains(.securityGroups) {
            found[.securityGroups] = .strings(try await defaultSecurityGroup(of: vpc))
        }
        return found.filter { subjects.contains($0.key) }
    }

    private func defaultVPC() async throws -> String {
        let output = try await ask("DescribeVpcs", ["isDefault": "true"])
        guard let vpc = output["Vpcs"]?[0]?["VpcId"]?.stringValue else {
            throw MissingDefaultNetwork(missing: .vpc)
        }
        return vpc
    }

    /// The default subnet of every zone. A load balancer takes one a zone, so others are left out.
    private func subnets(of vpc: String) async throws -> [String] {
        let output = try await ask("DescribeSubnets", ["vpc-id": vpc, "default-for-az": "true"])
        let subnets = (output["Subnets"]?.listValue ?? []).compactMap { $0["SubnetId"]?.stringValue }
        guard !subnets.isEmpty else { throw MissingDefaultNetwork(missing: .subnets) }
        return subnets.sorted()
    }

    func defaultSecurityGroup(of vpc: String) async throws -> [String] {
        let output = try await ask("DescribeSecurityGroups", ["vpc-id": vpc, "group-name": "default"])
        let groups = (output["SecurityGroups"]?.listValue ?? []).compactMap { $0["GroupId"]?.stringValue }
        guard !groups.isEmpty else { throw MissingDefaultNetwork(missing: .securityGroups) }
        return groups.sorted()
    }

    private func ask(_ operation: String, _ filters: [String: String]) async throws -> AttributeValue {
        let list = filters.sorted { $0.key < $1.key }.map { name, value in
            AttributeValue.map(["Name": .string(name), "Values": .strings([value])])
        }
        return try await aws.calling.pages(operation, of: .ec2, ["Filters": .list(list)])
    }
}

/// The word `default` stands for nothing in this account and region.
package struct MissingDefaultNetwork: Error, Sendable, Equatable, CustomStringConvertible {
    package var missing: Lookup.Subject

    package var description: String {
        switch missing {
        case .vpc: "this account has no default VPC in this region: write the id of a VPC, and ids of its subnets"
        case .subnets: "the default VPC has no default subnets: write the ids of subnets"
        case .securityGroups: "the default VPC has no default security group: write the ids of security groups"
        }
    }
}
