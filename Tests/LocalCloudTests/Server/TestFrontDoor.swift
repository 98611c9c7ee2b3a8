import AWSModel
import AttributeTree
import Logging
import SigV4

@testable import LocalCloud

/// A front door without a socket, before a world that stands still, and a client that signs.
struct TestFrontDoor {
    static let time = SigningTime(secondsSince1970: 1_800_000_000)

    let clock = CloudClock(start: Moment(1_800_000_000), rate: 0)
    let engine: CloudEngine
    let faults: FaultInjector
    let frontDoor: FrontDoor
    let key = SigningCredentials(accessKeyID: "AKIAROOT", secretAccessKey: "secret")

    init() {
        let engine = CloudEngine(world: World(account: Account()), clock: clock)
        let root = AccessKey(credentials: key, caller: engine.owner)
        self.engine = engine
        faults = FaultInjector(engine: engine)
        frontDoor = FrontDoor(
            engine: engine, catalog: ServiceCatalog(ImitatedService.all),
            authenticator: Authenticator(region: "local-1") { id in
                id == "AKIAROOT" ? root : engine.read { $0.accessKey(id, at: engine.clock.moment) }
            }, faults: faults, logger: Logger(label: "test"))
    }

    func send(_ request: WireRequest) async -> WireResponse? {
        await frontDoor.answer(request, at: Self.time)
    }

    /// Signs, and sends.
    func call(
        _ request: TestCall, key: SigningCredentials? = nil, region: String = "local-1", at time: SigningTime = time,
        changing change: (inout WireRequest) -> Void = { _ in }
    ) async -> WireResponse? {
        var signed = request.signed(by: key ?? self.key, region: region, at: time)
        change(&signed)
        return await send(signed)
    }
}

/// A call as the wire has it, but for the signature.
struct TestCall: Sendable {
    var service: String
    var method = "POST"
    var path = "/"
    var headers: [SigV4.HeaderField] = []
    var body = ""

    static func ecs(_ operation: String, _ input: AttributeValue = [:]) -> TestCall {
        json("ecs", "AmazonEC2ContainerServiceV20141113.\(operation)", input)
    }

    static func json(_ service: String, _ target: String, _ input: AttributeValue) -> TestCall {
        TestCall(service: service, headers: [.init("X-Amz-Target", target)], body: input.jsonText())
    }

    static func query(_ service: String, _ version: String, _ action: String) -> TestCall {
        TestCall(
            service: service, headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
            body: "Action=\(action)&Version=\(version)")
    }

    static let listClusters = ecs("ListClusters")
    static let describeLoadBalancers = query("elasticloadbalancing", "2015-12-01", "DescribeLoadBalancers")
    static let describeVpcs = query("ec2", "2016-11-15", "DescribeVpcs")
    static let listBuckets = TestCall(service: "s3", method: "GET")

    func signed(by key: SigningCredentials, region: String, at time: SigningTime) -> WireRequest {
        let request = SignableRequest(
            method: method, path: path, headers: [.init("Host", "127.0.0.1:4599")] + headers, body: Array(body.utf8))
        let signer = Signer(
            credentials: key, region: region, service: service, options: service == "s3" ? .s3 : .standard)
        let signed = signer.sign(request, at: time).request
        return WireRequest(
            method: method, path: path, headers: WireHeaders(signed.headers.map { (name: $0.name, value: $0.value) }),
            body: signed.body)
    }
}

extension WireResponse {
    /// The code of the fault it is.
    var code: String { ServiceFault(self, from: "").code }
}
