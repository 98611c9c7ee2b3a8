import AWSClient
import AWSModel
import AttributeTree
import Logging
import Synchronization
import Testing

struct LoggingTests {
    private final class Lines: Sendable {
        let texts = Mutex<[String]>([])
    }

    private struct Recorder: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.debug
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let values = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.texts.withLock { $0.append("\(event.message) \(values.joined(separator: " "))") }
        }
    }

    @Test func everyAttemptIsLoggedWithoutWhatItSays() async throws {
        let lines = Lines()
        let fixture = ClientFixture(
            [.fault("ThrottlingException", "Rate exceeded"), .answer(200, #"{"clusterArns":["arn:secret"]}"#)],
            environment: ["AWS_ENDPOINT_URL": "http://local"],
            logger: Logger(label: "test") { _ in Recorder(lines: lines) })
        _ = try await fixture.client.call("ListClusters", of: .ecs, ["nextToken": "secret"])
        #expect(
            lines.texts.withLock { $0 } == [
                "AWS call attempt=1 code=ThrottlingException milliseconds=0 operation=ecs:ListClusters status=400",
                "AWS call attempt=2 milliseconds=0 operation=ecs:ListClusters",
            ])
    }
}
