import AWSModel
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import SigV4

/// Listens on loopback, and hands what comes in to the ``FrontDoor`` and the ``ControlDesk``.
struct EndpointServer: Sendable {
    /// What may be sent at most, in bytes.
    static let bodyLimit = 64 << 20

    let frontDoor: FrontDoor
    let control: ControlDesk
    /// Real time.
    var time: @Sendable () -> SigningTime = { SigningTime(secondsSince1970: Int(WallClock.secondsSince1970)) }

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onRunning: is told the port.
    func application(
        port: Int, logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void
    ) -> some Service {
        Application(
            responder: EndpointResponder(server: self),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { await onRunning($0.localAddress?.port ?? port) }, logger: logger)
    }

    fileprivate func answer(_ request: WireRequest) async -> WireResponse? {
        request.path.hasPrefix(ControlDesk.prefix)
            ? control.answer(request) : await frontDoor.answer(request, at: time())
    }
}

private struct EndpointContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

private struct EndpointResponder: HTTPResponder {
    let server: EndpointServer

    func respond(to request: Request, context: EndpointContext) async throws -> Response {
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await context.channel.writeContinue()
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: EndpointServer.bodyLimit)
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge, headers: [.connection: "close"])
        }
        let wireRequest = WireRequest(request.head, body: Array(body.readableBytesView))
        guard let answer = await server.answer(wireRequest) else {
            try await context.channel.close()
            return Response(status: .internalServerError)
        }
        return Response(answer, to: request.method)
    }
}

extension Channel {
    /// Tells a client that waits for it to send the body: below HTTP, which knows one head for one request.
    fileprivate func writeContinue() async throws {
        try await eventLoop.flatSubmit {
            self.eventLoop.makeCompletedFuture {
                let context = try self.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
                return context.writeAndFlush(
                    NIOAny(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")))
            }.flatMap { $0 }
        }.get()
    }
}

extension WireRequest {
    /// The host is a field again, as it is on the wire and in signatures.
    fileprivate init(_ head: HTTPRequest, body: [UInt8]) {
        let target = head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var fields = head.headerFields.map { (name: $0.name.rawName, value: $0.value) }
        if let host = head.authority { fields.append((name: "Host", value: host)) }
        self.init(
            method: head.method.rawValue, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
            headers: WireHeaders(fields), body: body)
    }
}

extension Response {
    fileprivate init(_ response: WireResponse, to method: HTTPRequest.Method) {
        var headers = HTTPFields()
        for field in response.headers.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            headers.append(HTTPField(name: name, value: field.value))
        }
        let hasBody = method != .head && response.status != 204 && response.status != 304
        self.init(
            status: .init(code: response.status), headers: headers,
            body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)) : ResponseBody())
    }
}
