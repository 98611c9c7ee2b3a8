import AttributeTree
import InMemoryCloud
import ResourceModel
import TestSupport

/// Sets of toys that tests apply.
enum Toys {
    /// One server in one network, from one image.
    static func one(
        range: String = "10/8", content: String = "v1", size: Int? = 2
    ) -> [DesiredResource] {
        var server: AttributeValue = ["network": "net", "image": "img", "password": "hunter2"]
        if let size { server["size"] = .int(size) }
        return [
            .toy("Network/net", ["range": .string(range), "zone": "default"]),
            .toy("Image/img", ["content": .string(content)]),
            .toy("Server/web", server),
        ]
    }

    /// Servers in networks, from images, at random.
    static func random(_ count: Int, using random: inout SeededGenerator) -> [DesiredResource] {
        let third = max(1, count / 3)
        let networks = (0..<third).map {
            DesiredResource.toy("Network/\($0)", ["range": .string("\(Int.random(in: 0..<4, using: &random))")])
        }
        let images = (0..<third).map {
            DesiredResource.toy("Image/\($0)", ["content": .string("\(Int.random(in: 0..<4, using: &random))")])
        }
        let servers = (0..<third).map { index in
            DesiredResource.toy(
                "Server/\(index)",
                [
                    "network": .string("\(Int.random(in: 0..<third, using: &random))"),
                    "image": .string("\(Int.random(in: 0..<third, using: &random))"),
                    "size": .int(Int.random(in: 1..<3, using: &random)),
                ])
        }
        return networks + images + servers
    }
}
