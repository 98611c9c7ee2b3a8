import LoadBalancing
import Logging
import Synchronization

/// Has the load balancer do what the world says, and tells the world what it finds of the targets.
final class BalancerSupervisor: Sendable {
    private let engine: CloudEngine
    private let balancer: LoadBalancer
    private let certificates: CertificateCache
    private let rule: PortRule
    private let logger: Logger
    private let current = Mutex<[BalancerEndpoint]>([])
    /// Of the cloud's time.
    private static let retryDelay = Duration.seconds(5)

    /// - Throws: where TLS is not to be had.
    init(engine: CloudEngine, certificates: CertificateCache, rule: PortRule, logger: Logger) throws {
        self.engine = engine
        self.certificates = certificates
        self.rule = rule
        self.logger = logger
        let clock = engine.clock
        balancer = try LoadBalancer(
            clock: clock, serverName: "awselb/2.0",
            cookieNames: CookieNames(
                group: "AWSALBTG", target: "AWSALB", application: "AWSALBAPP-0", crossSiteSuffix: "CORS"),
            wallClock: { clock.now.since1970 })
    }

    /// Where its listeners are.
    var endpoints: [BalancerEndpoint] { current.withLock { $0 } }

    /// Balances until it is cancelled; then nothing listens any more, and it cannot be run again.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.balancer.run() }
            group.addTask { await self.follow() }
            group.addTask {
                for await _ in self.balancer.statusChanges() { self.reportHealth() }
            }
        }
    }

    private func follow() async {
        let (wakeUps, wakeUp) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in self.engine.changes() { wakeUp.yield() }
                wakeUp.finish()
            }
            var applied: BalancerConfiguration?
            for await _ in wakeUps {
                let (configuration, endpoints) = desired()
                if configuration != applied {
                    await apply(configuration, endpoints)
                    applied = configuration
                    // A port that is taken now may be free later, of which nothing here is told.
                    if self.endpoints.contains(where: { $0.problem != nil }) {
                        applied = nil
                        group.addTask {
                            try? await self.engine.clock.sleep(for: Self.retryDelay)
                            wakeUp.yield()
                        }
                    }
                }
                // A target may be looked at by the world only now whose health is long known.
                reportHealth()
            }
        }
    }

    /// Without what HTTPS needs that cannot be had.
    private func desired() -> (BalancerConfiguration, [BalancerEndpoint]) {
        // Stands for the certificate of each listener's own address.
        let placeholder = TLSIdentity(certificateChain: "", privateKey: "")
        let now = engine.clock.moment
        var configuration = engine.read { $0.balancerConfiguration(at: now, identity: placeholder) }
        var endpoints: [BalancerEndpoint] = []
        for (id, var listener) in configuration.listeners.sorted(by: { $0.key < $1.key }) {
            endpoints.append(
                BalancerEndpoint(
                    listener: id.rawValue, address: listener.address, port: listener.port,
                    boundPort: rule.boundPort(listener.port), isSecure: listener.identity != nil))
            do {
                listener.identity = try listener.identity.map { _ in try certificates.identity(for: listener.address) }
                listener.port = rule.boundPort(listener.port)
                configuration.listeners[id] = listener
            } catch {
                configuration.listeners[id] = nil
                endpoints[endpoints.count - 1].problem = "no certificate: \(error)"
            }
        }
        return (configuration, endpoints)
    }

    private func apply(_ configuration: BalancerConfiguration, _ endpoints: [BalancerEndpoint]) async {
        let problems = await balancer.apply(configuration)
        for (id, problem) in problems {
            logger.warning(
                "listener does not listen", metadata: ["listener": "\(id.rawValue)", "reason": "\(problem)"])
        }
        current.withLock {
            $0 = endpoints.map { endpoint in
                var endpoint = endpoint
                endpoint.problem = endpoint.problem ?? problems[ListenerID(endpoint.listener)]
                return endpoint
            }
        }
    }

    private func reportHealth() {
        let statuses = balancer.statuses()
        engine.change { world, context in
            for (key, status) in statuses { world.record(status, of: key, at: context.now) }
        }
    }
}
