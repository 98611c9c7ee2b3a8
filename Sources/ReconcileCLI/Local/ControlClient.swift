import AWSClient
import AWSModel
package import AttributeTree
package import LocalCloud
import SigV4

/// Asks a local cloud about itself, at its control endpoint.
package struct ControlClient: Sendable {
    package let connection: CloudConnection

    package init(_ connection: CloudConnection) {
        self.connection = connection
    }

    /// Whether it answers: its file may be there without it.
    package func isAlive() async -> Bool {
        (try? await send("GET", "health")) != nil
    }

    /// - Parameter path: what follows `/_local/`.
    /// - Throws: ``SettingUpError`` when it does not answer, or refuses.
    @discardableResult
    package func send(_ method: String, _ path: String, _ body: AttributeValue? = nil) async throws -> AttributeValue {
        guard let address = EndpointAddress(connection.endpoint) else {
            throw SettingUpError("the local cloud has no address: \(connection.endpoint)")
        }
        let request = HTTPRequest(
            method: method, address: address, target: CloudConnection.controlPrefix + path,
            headers: [
                HeaderField("Authorization", "Bearer \(connection.token)"),
                HeaderField("Content-Type", "application/json"),
            ],
            body: body?.json() ?? [])
        let response: WireResponse
        do {
            response = try await AsyncHTTPTransport.withTransport { try await $0.send(request) }
        } catch let failure as TransportFailure {
            throw SettingUpError("the local cloud does not answer at \(connection.endpoint) (\(failure))")
        }
        let answer = response.body.isEmpty ? .null : try AttributeValue(json: response.body)
        guard response.isSuccess else {
            throw SettingUpError(
                "the local cloud refused \(method) \(path): "
                    + (answer["message"]?.stringValue ?? "HTTP \(response.status)"))
        }
        return answer
    }
}
