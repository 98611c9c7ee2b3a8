import AWSModel
import Glibc
import Logging
import SigV4
import Synchronization
import TaskRunning

/// The parts of a cloud, made from its settings and from what was kept.
struct RunningCloud: Sendable {
    let engine: CloudEngine
    let balancer: BalancerSupervisor
    let tasks: TaskSupervisor
    let server: EndpointServer
    let shutdownRequest: ShutdownRequest
    /// Where the endpoint is to listen; 0 for anywhere.
    let port: Int

    private let account: Account
    private let block: LoopbackBlock
    private let store: CloudStore
    private let key: RootKey
    private let token: String
    private let rule: PortRule

    init(_ settings: LocalCloudSettings, store: CloudStore, logger: Logger) async throws {
        self.store = store
        try store.check(settings.account)
        let owner = try store.owner()
        block = try store.block(startingAt: owner)
        account = Account(id: settings.account.id, region: settings.account.region, block: block.number)
        var world = World(account: account)
        try world.load(try store.rows())
        // The cloud's time never goes back, or what was kept would be from the future.
        let start = max(Moment(WallClock.secondsSince1970), try store.lastMoment() ?? Moment(0))
        engine = CloudEngine(
            world: world, clock: CloudClock(start: start, rate: settings.clockRate), store: store)
        key = try RootKey.load(from: store)
        token = try store.token()
        rule = PortRule.ofThisMachine(at: account.balancerAddresses.address(at: 0))
        port = try store.port(preferring: settings.port)
        balancer = try BalancerSupervisor(
            engine: engine, certificates: CertificateCache(store: store), rule: rule, logger: logger)
        let runners = try await TaskRunners(settings, owner: owner)
        tasks = TaskSupervisor(engine: engine, runner: runners.runner, logger: logger)
        shutdownRequest = ShutdownRequest()
        server = Self.server(
            engine: engine, key: key.accessKey(of: account), token: token,
            actions: ControlDesk.Actions(
                setImageMappings: { runners.processes.setMappings($0) },
                endpoints: { [balancer] in balancer.endpoints },
                shutDown: { [shutdownRequest] in shutdownRequest.make() }),
            logger: logger)
    }

    private static func server(
        engine: CloudEngine, key: AccessKey, token: String, actions: ControlDesk.Actions, logger: Logger
    ) -> EndpointServer {
        let faults = FaultInjector(engine: engine)
        let authenticator = Authenticator(region: engine.read { $0.account.region }) { id in
            if id == key.credentials.accessKeyID { return key }
            return engine.read { $0.accessKey(id, at: engine.clock.moment) }
        }
        return EndpointServer(
            frontDoor: FrontDoor(
                engine: engine, catalog: ServiceCatalog(ImitatedService.all), authenticator: authenticator,
                faults: faults, logger: logger),
            control: ControlDesk(engine: engine, faults: faults, token: token, actions: actions))
    }

    func connection(port: Int) -> CloudConnection {
        CloudConnection(
            endpoint: "http://127.0.0.1:\(port)", pid: Int(getpid()), region: account.region, accountID: account.id,
            accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey, token: token, portShift: rule.shift)
    }

    /// The next start tries the same port first.
    func remember(_ connection: CloudConnection) throws {
        try store.set("port", to: String(connection.endpoint.split(separator: ":").last ?? "0"))
    }
}

/// Somebody's wish that the cloud end.
final class ShutdownRequest: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func make() { continuation.yield() }

    /// Returns when it was made, or when the task is cancelled.
    func wait() async {
        for await _ in stream { break }
    }
}

extension CloudStore {
    /// An account's ARNs are in everything that is kept.
    fileprivate func check(_ account: Account) throws {
        let name = "\(account.id) in \(account.region)"
        guard let kept = try self["account"] else { return try set("account", to: name) }
        guard kept == name else { throw CloudStoreError.otherAccount(kept: kept) }
    }

    fileprivate func token() throws -> String { try random("token") }

    /// What marks everything that the cloud runs.
    fileprivate func owner() throws -> String { try random("owner") }

    /// The one of the last time, or else any; clouds begin to look at different ones.
    fileprivate func block(startingAt owner: String) throws -> LoopbackBlock {
        let start = Int(owner.prefix(4), radix: 16) ?? 0
        let block = try LoopbackBlock(try self["block"].flatMap { Int($0) }, startingAt: start % Account.blocks.count)
        try set("block", to: String(block.number))
        return block
    }

    /// Made at the first start.
    private func random(_ setting: String) throws -> String {
        if let value = try self[setting] { return value }
        let value = IDSource().hex(32)
        try set(setting, to: value)
        return value
    }

    fileprivate func port(preferring port: Int) throws -> Int {
        guard port == 0 else { return port }
        guard let last = try self["port"].flatMap({ Int($0) }), LoopbackPort.isFree(last) else { return 0 }
        return last
    }
}
