import AWSClient
import AWSModel
import AttributeTree
import SigV4
import Testing

/// The transport against a server that listens on this machine.
struct AsyncHTTPTransportTests {
    private static func request(to address: EndpointAddress) -> HTTPRequest {
        HTTPRequest(
            method: "POST", address: address, target: "/path?a=b%20c",
            headers: [HeaderField("Host", "signed.example"), HeaderField("X-Amz-Target", "T.Op")],
            body: Array("{}".utf8))
    }

    @Test func whatWasSignedIsWhatIsSent() async throws {
        let response = try await LoopbackServer.with(.echo) { server in
            try await AsyncHTTPTransport.withTransport { try await $0.send(Self.request(to: server.address)) }
        }
        let echo = String(decoding: response.body, as: UTF8.self)
        #expect(response.status == 200)
        #expect(response.headers["x-echo"] == "yes")
        #expect(echo.hasPrefix("POST /path?a=b%20c HTTP/1.1\r\n"))
        #expect(echo.contains("Host: signed.example\r\n") && echo.contains("X-Amz-Target: T.Op\r\n"))
        #expect(echo.hasSuffix("\r\n\r\n{}"))
    }

    @Test func anAnswerThatIsNoSuccessIsAnAnswer() async throws {
        let answer = "HTTP/1.1 503 Slow\r\nContent-Length: 4\r\n\r\nbusy"
        let response = try await LoopbackServer.with(.answer(answer)) { server in
            try await AsyncHTTPTransport.withTransport { try await $0.send(Self.request(to: server.address)) }
        }
        #expect(response.status == 503)
        #expect(response.body == Array("busy".utf8))
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let answer = "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        let response = try await LoopbackServer.with(.answer(answer)) { server in
            try await AsyncHTTPTransport.withTransport { try await $0.send(Self.request(to: server.address)) }
        }
        #expect(response.status == 301)
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var behaviour: LoopbackServer.Behaviour
        var configuration = AsyncHTTPTransport.Configuration()
        var scheme = EndpointAddress.Scheme.http
        var reason: TransportFailure.Reason
    }

    @Test(arguments: [
        Fault(
            testDescription: "a connection that is closed without an answer", behaviour: .answer(""),
            reason: .interrupted),
        Fault(
            testDescription: "half a body",
            behaviour: .answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), reason: .interrupted),
        Fault(
            testDescription: "something that is not HTTP", behaviour: .answer("220 mail.example ESMTP\r\n"),
            reason: .interrupted),
        Fault(
            testDescription: "an answer without end",
            behaviour: .answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + String(repeating: "x", count: 100)),
            configuration: .init(largestAnswer: 50), reason: .tooLarge),
        Fault(
            testDescription: "silence", behaviour: .silence,
            configuration: .init(readTimeout: .milliseconds(50)), reason: .timeout),
        Fault(
            testDescription: "too slow as a whole", behaviour: .silence,
            configuration: .init(totalTimeout: .milliseconds(50)), reason: .timeout),
        Fault(
            testDescription: "a server that does not speak TLS", behaviour: .banner("220 mail.example ESMTP\r\n"),
            scheme: .https, reason: .tls),
    ])
    func tellsHowAnAnswerFailedToArrive(_ fault: Fault) async throws {
        let failure = await #expect(throws: TransportFailure.self) {
            try await LoopbackServer.with(fault.behaviour) { server in
                var address = server.address
                address.scheme = fault.scheme
                return try await AsyncHTTPTransport.withTransport(fault.configuration) {
                    try await $0.send(Self.request(to: address))
                }
            }
        }
        #expect(failure?.reason == fault.reason, "\(String(describing: failure))")
    }

    @Test func aRefusedConnectionWasNeverUsed() async throws {
        let address = try await LoopbackServer.with(.silence) { $0.address }
        let failure = await #expect(throws: TransportFailure.self) {
            try await AsyncHTTPTransport.withTransport { try await $0.send(Self.request(to: address)) }
        }
        #expect(failure?.reason == .connection, "\(String(describing: failure))")
    }

    @Test func aCancelledRequestEndsAsCancelled() async throws {
        try await LoopbackServer.with(.silence) { server in
            try await AsyncHTTPTransport.withTransport { transport in
                let task = Task { try await transport.send(Self.request(to: server.address)) }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
            }
        }
    }

    @Test func aClientReachesAServerInPlaceOfAWS() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"clusterArns\":[\"a\"]}"
        try await LoopbackServer.with(.answer(answer)) { server in
            try await AsyncHTTPTransport.withTransport { transport in
                let shared = SharedConfig(
                    config: ProfileFile(), credentials: ProfileFile(), locations: SharedConfig.Locations([:]))
                let settings = ClientSettings(
                    explicit: .init(region: "eu-west-1", endpoint: server.address.description),
                    environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hush"],
                    shared: shared)
                let client = APIClient(
                    settings: settings, credentials: CredentialChain(settings), transport: transport)
                let output = try await client.call("ListClusters", of: .ecs)
                #expect(output == ["clusterArns": ["a"]])
            }
        }
    }

    @Test func nobodyThereIsToldWithWhereAndWhyAlone() async throws {
        let address = try await LoopbackServer.with(.echo) { $0.address }
        let failure = await #expect(throws: TransportFailure.self) {
            try await AsyncHTTPTransport.withTransport { try await $0.send(Self.request(to: address)) }
        }
        #expect(failure == TransportFailure(.connection, "\(address.authority): Connection refused"))
    }
}
