import LoadBalancing

/// Balances one plain listener over targets until it is ended: `proxy-bench ADDRESS:PORT TARGET:PORT…`.
///
/// On one event loop, to be compared with one worker of another proxy.
@main
struct ProxyBench {
    static func main() async throws {
        let ends = CommandLine.arguments.dropFirst().compactMap(Target.init)
        guard let listener = ends.first, ends.count > 1 else {
            print("usage: proxy-bench ADDRESS:PORT TARGET:PORT...")
            return
        }
        let group = TargetGroupID("targets")
        let balancer = try LoadBalancer(serverName: "proxy-bench", eventLoops: 1)
        let targets = Dictionary(ends.dropFirst().map { ($0, TargetMode.active) }) { mode, _ in mode }
        let problems = await balancer.apply(
            BalancerConfiguration(
                listeners: [
                    ListenerID("http"): ListenerConfiguration(
                        address: listener.address, port: listener.port,
                        defaultAction: .forward(ForwardAction([.init(group)])))
                ],
                targetGroups: [group: TargetGroupConfiguration(targets: targets)]))
        for problem in problems.values { print(problem) }
        await balancer.run()
    }
}

extension Target {
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]) else { return nil }
        self.init(String(parts[0]), port)
    }
}
