import TestSupport

/// Manifests of a random shop, from a small pool of names, so that two of them have much in common.
struct RandomManifests {
    var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func next() -> String {
        let clusters = names(atLeast: 1)
        let definitions = names(atLeast: 1)
        let balancers = names(atLeast: 1)
        let groups = names(atLeast: 1)
        var lines = clusters.map {
            "Cluster/\($0)\(pick(["", " capacityProviders=[\"FARGATE\"]", " tags={\"a\":\"b\"}"]))"
        }
        lines += definitions.map {
            "TaskDefinition/\($0) cpu=\(number(1, 3)) keepRevisions=\(number(0, 2)) "
                + "containerDefinitions=[{\"name\":\"app\",\"image\":\"i:\(number(1, 3))\"}]"
        }
        lines += balancers.map {
            "LoadBalancer/\($0) subnets=default\(pick(["", " scheme=internal", " attributes={\"idle\":\"60\"}"]))"
        }
        lines += groups.map { "TargetGroup/\($0) port=\(number(1, 2))\(pick(["", " healthCheckPath=/up"]))" }
        var reachable: Set<String> = []
        for name in names(atLeast: 0) {
            let forwarded = groups.filter { _ in chance(2) }
            reachable.formUnion(forwarded)
            let actions = forwarded.map { "{\"type\":\"forward\",\"targetGroup\":\"\($0)\"}" }.joined(separator: ",")
            lines.append("Listener/\(name) loadBalancer=\(pick(balancers)) port=80 defaultActions=[\(actions)]")
        }
        for name in names(atLeast: 0) {
            let used = reachable.sorted().filter { _ in chance(2) }
            let groups = used.map { "{\"targetGroup\":\"\($0)\",\"containerPort\":8080}" }.joined(separator: ",")
            lines.append(
                "Service/\(name) cluster=\(pick(clusters)) taskDefinition=\(pick(definitions)) "
                    + "loadBalancers=[\(groups)]\(pick(["", " desiredCount=\(number(1, 3))", " password=x"]))")
        }
        return lines.joined(separator: "\n")
    }

    private mutating func names(atLeast count: Int) -> [String] {
        let names = ["a", "b", "c"].filter { _ in chance(2) }
        return names.count < count ? ["a"] : names
    }

    mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &generator) == 0 }
    mutating func number(_ from: Int, _ to: Int) -> Int { Int.random(in: from...to, using: &generator) }
    mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: choices.indices, using: &generator)] }
}
