import AttributeTree

/// A security group. Its rules are kept and told; nothing enforces them.
package struct SecurityGroupRecord: Sendable, Codable {
    package var id: String
    package var name: String
    package var about: String
    package var vpc: String
    package var rules: [SecurityGroupRule]
    package var tags: Tags

    /// A group that nobody has changed lets everything out.
    package init(id: String, name: String, about: String, vpc: String, tags: Tags = Tags(), firstRule: String) {
        self.id = id
        self.name = name
        self.about = about
        self.vpc = vpc
        self.tags = tags
        rules = [
            SecurityGroupRule(
                id: firstRule, isEgress: true, traffic: SecurityGroupRule.Traffic(ipProtocol: "-1"),
                peer: .ipv4("0.0.0.0/0"))
        ]
    }

    /// The one that every VPC has, which lets its members speak to each other.
    static func defaultGroup(_ id: String, vpc: String) -> Self {
        let digits = id.drop { $0 != "-" }.dropFirst()
        var group = SecurityGroupRecord(
            id: id, name: "default", about: "default VPC security group", vpc: vpc, firstRule: "sgr-\(digits)")
        group.rules.append(
            SecurityGroupRule(
                id: "sgr-" + String(digits.reversed()), isEgress: false,
                traffic: SecurityGroupRule.Traffic(ipProtocol: "-1"), peer: .group(id)))
        return group
    }
}

/// What a group lets in or out, to or from one peer.
package struct SecurityGroupRule: Sendable, Codable, Hashable {
    /// Which packets.
    package struct Traffic: Sendable, Codable, Hashable {
        /// `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or another number.
        package var ipProtocol: String
        /// `nil` for all.
        package var fromPort: Int?
        package var toPort: Int?

        package init(ipProtocol: String, fromPort: Int? = nil, toPort: Int? = nil) {
            self.ipProtocol = ipProtocol
            self.fromPort = fromPort
            self.toPort = toPort
        }
    }

    package enum Peer: Sendable, Codable, Hashable {
        case ipv4(String)
        case ipv6(String)
        case prefixList(String)
        case group(String)

        /// What a message calls it.
        package var name: String {
            switch self {
            case .ipv4(let name), .ipv6(let name), .prefixList(let name), .group(let name): name
            }
        }
    }

    package var id: String
    package var isEgress: Bool
    package var traffic: Traffic
    package var peer: Peer
    package var about: String?

    package init(id: String, isEgress: Bool, traffic: Traffic, peer: Peer, about: String? = nil) {
        self.id = id
        self.isEgress = isEgress
        self.traffic = traffic
        self.peer = peer
        self.about = about
    }

    /// Whether it lets the same through, whatever it is called.
    package func isSame(as other: Self) -> Bool {
        isEgress == other.isEgress && traffic == other.traffic && peer == other.peer
    }
}
