package import AWSModel
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import SigV4

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Carries requests over the network, with TLS verified and answers bounded.
///
/// Its connections have to be closed: prefer ``withTransport(_:_:)``, and otherwise call ``shutdown()`` exactly once.
package struct AsyncHTTPTransport: HTTPTransport {
    package struct Configuration: Sendable, Hashable {
        package var connectTimeout: Duration
        /// The longest silence in the middle of an answer.
        package var readTimeout: Duration
        /// From the first byte out to the last byte in.
        package var totalTimeout: Duration
        /// In bytes; a larger answer is a failure.
        package var largestAnswer: Int
        package var connectionsPerHost: Int
        package var proxies: ProxySettings

        package init(
            connectTimeout: Duration = .seconds(5), readTimeout: Duration = .seconds(60),
            totalTimeout: Duration = .seconds(120), largestAnswer: Int = 64 << 20, connectionsPerHost: Int = 16,
            proxies: ProxySettings = .none
        ) {
            self.connectTimeout = connectTimeout
            self.readTimeout = readTimeout
            self.totalTimeout = totalTimeout
            self.largestAnswer = largestAnswer
            self.connectionsPerHost = connectionsPerHost
            self.proxies = proxies
        }
    }

    private let configuration: Configuration
    private let direct: HTTPClient
    /// By proxy: a client has one proxy or none.
    private let proxied: [Proxy: HTTPClient]

    package init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
        direct = Self.client(configuration, proxy: nil)
        let proxies = Set([configuration.proxies.http, configuration.proxies.https].compactMap(\.self))
        proxied = Dictionary(uniqueKeysWithValues: proxies.map { ($0, Self.client(configuration, proxy: $0)) })
    }

    /// Lends a transport and closes its connections afterwards, whatever happens.
    package static func withTransport<Result>(
        _ configuration: Configuration = Configuration(), _ body: (AsyncHTTPTransport) async throws -> Result
    ) async throws -> Result {
        let transport = AsyncHTTPTransport(configuration)
        do {
            let result = try await body(transport)
            try await transport.shutdown()
            return result
        } catch {
            try? await transport.shutdown()
            throw error
        }
    }

    /// Closes all connections. Nothing may be sent afterwards.
    package func shutdown() async throws {
        for client in proxied.values { try await client.shutdown() }
        try await direct.shutdown()
    }

    package func send(_ request: HTTPRequest) async throws -> WireResponse {
        let client = configuration.proxies.proxy(for: request.address).flatMap { proxied[$0] } ?? direct
        do {
            let response = try await client.execute(
                HTTPClientRequest(request), timeout: TimeAmount(configuration.totalTimeout))
            let body = try await response.body.collect(upTo: configuration.largestAnswer)
            return WireResponse(
                status: Int(response.status.code),
                headers: WireHeaders(response.headers.map { (name: $0.name, value: $0.value) }),
                body: Array(buffer: body))
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw TransportFailure(error, sendingTo: request.address)
        }
    }

    private static func client(_ configuration: Configuration, proxy: Proxy?) -> HTTPClient {
        var settings = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(
                connect: TimeAmount(configuration.connectTimeout), read: TimeAmount(configuration.readTimeout)))
        settings.proxy = proxy.map { proxy in
            .server(
                host: proxy.address.host, port: proxy.address.port ?? (proxy.address.scheme == .https ? 443 : 80),
                authorization: proxy.login.map { login in
                    let parts = login.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                    return .basic(username: String(parts[0]), password: parts.count > 1 ? String(parts[1]) : "")
                })
        }
        settings.httpVersion = .http1Only
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.connectionsPerHost
        // The retries are ours: they know what a service asks for.
        settings.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }
}

extension HTTPClientRequest {
    fileprivate init(_ request: HTTPRequest) {
        let address = request.address
        let port = address.port.map { ":\($0)" } ?? ""
        self.init(url: "\(address.scheme.rawValue)://\(address.host)\(port)\(request.target)")
        method = HTTPMethod(rawValue: request.method)
        for field in request.headers { headers.add(name: field.name, value: field.value) }
        body = .bytes(ByteBuffer(bytes: request.body))
    }
}

extension TransportFailure {
    fileprivate init(_ error: any Error, sendingTo address: EndpointAddress) {
        self.init(error)
        if reason == .connection { message = "\(address.authority): \(message)" }
    }

    private init(_ error: any Error) {
        switch error {
        case let error as HTTPClientError: self.init(error)
        case is NIOTooManyBytesError: self.init(.tooLarge, "the answer is larger than allowed")
        case let error as NIOConnectionError: self.init(error)
        case let error as ChannelError: self.init(error)
        case let error as IOError:
            let isUnreached = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode)
            self.init(isUnreached ? .connection : .interrupted, error.reasonAlone)
        default:
            // The TLS library is no dependency of ours, and its errors are known by their module only.
            let isTLS = String(reflecting: type(of: error)).hasPrefix("NIOSSL.")
            self.init(isTLS ? .tls : .interrupted, "\(error)")
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .connectTimeout, .socksHandshakeTimeout, .httpProxyHandshakeTimeout, .tlsHandshakeTimeout,
            .getConnectionFromPoolTimeout, .proxyAuthenticationRequired, .invalidProxyResponse:
            self.init(.connection, error.shortDescription)
        case .readTimeout, .writeTimeout, .deadlineExceeded: self.init(.timeout, error.shortDescription)
        default: self.init(.interrupted, error.shortDescription)
        }
    }

    private init(_ error: ChannelError) {
        if case .connectTimeout = error {
            self.init(.connection, "no connection in time")
        } else {
            self.init(.interrupted, "\(error)")
        }
    }
}

extension TransportFailure {
    /// Every address of a host was tried, or the name has none.
    private init(_ error: NIOConnectionError) {
        let unknown = error.dnsAError ?? error.dnsAAAAError
        if error.connectionErrors.isEmpty, unknown != nil {
            self.init(.connection, "the name is not known")
        } else {
            let reasons = error.connectionErrors.map { ($0.error as? IOError)?.reasonAlone ?? "\($0.error)" }
            self.init(.connection, Set(reasons).sorted().joined(separator: ", "))
        }
    }
}

extension IOError {
    /// `Connection refused`: what the operating system says, without the name of the function that was called.
    fileprivate var reasonAlone: String { String(cString: strerror(errnoCode)) }
}
