import AWSClient
import AWSModel
import SigV4
import Synchronization
import TestSupport
import Testing

@testable import AWSKinds

@Suite("Asking through a load balancer", .tags(.small))
struct ProberTests {
    /// Answers by host; who is not in it is not there.
    private final class Net: HTTPTransport {
        let answers: [String: Result<WireResponse, TransportFailure>]
        let hosts = Mutex<[String]>([])

        init(_ answers: [String: Result<WireResponse, TransportFailure>]) {
            self.answers = answers
        }

        func send(_ request: HTTPRequest) async throws -> WireResponse {
            hosts.withLock { hosts in
                hosts += request.headers.filter { $0.name.lowercased() == "host" }.map(\.value)
            }
            guard let answer = answers[request.address.host] else {
                throw TransportFailure(.connection, "no such host")
            }
            return try answer.get()
        }
    }

    private let request = ProbeRequest(isSecure: false, host: "front.example", port: 8080, path: "/up")
    private let hello = WireResponse(status: 200, body: Array("hello".utf8))

    @Test func `the load balancer is asked by its name`() async throws {
        let prober = TransportProber(transport: Net(["front.example": .success(hello)]), endpoint: nil)
        #expect(
            try await prober.probe(request)
                == .answered(status: 200, body: "hello", via: "http://front.example:8080/up"))
    }

    @Test func `where the name leads nowhere, a custom endpoint is asked for it`() async throws {
        let net = Net(["127.0.0.1": .success(hello)])
        let prober = TransportProber(transport: net, endpoint: EndpointAddress("http://127.0.0.1:4566"))
        #expect(
            try await prober.probe(request) == .answered(status: 200, body: "hello", via: "http://127.0.0.1:4566/up"))
        #expect(net.hosts.withLock(\.self) == ["front.example:8080", "front.example:8080"])
    }

    @Test func `no answer is told with its reason, and a certificate for another name as that`() async throws {
        let nowhere = TransportProber(transport: Net([:]), endpoint: nil)
        #expect(try await nowhere.probe(request) == .unanswered(reason: "ConnectionFailed: no such host"))
        let other = TransportProber(
            transport: Net(["front.example": .failure(TransportFailure(.tls, "wrong name"))]), endpoint: nil)
        #expect(try await other.probe(request) == .otherCertificate)
    }
}
