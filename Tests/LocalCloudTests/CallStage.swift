import AWSModel
import AttributeTree
import Synchronization
import Testing

@testable import LocalCloud

/// A world whose services are called as clients call them: inputs and answers pass over the wire.
struct CallStage {
    var world = World(account: Account())
    var now = Moment(1_700_000_000)
    var caller = Caller(accessKeyID: "root", arn: "arn:aws:iam::000000000000:root", userID: "000000000000")
    let ids: IDSource

    init() {
        let counter = Counter()
        ids = IDSource { counter.next() }
    }

    var context: CallContext { CallContext(now: now, caller: caller, ids: ids) }

    @discardableResult
    mutating func call(
        _ service: ImitatedService, _ operation: String, _ input: AttributeValue = [:]
    ) throws -> AttributeValue {
        let model = try #require(service.model.operation(operation), "there is no \(operation)")
        let handler = try #require(service.operations[operation], "\(operation) is not imitated")
        let (_, received) = try service.model.decodeRequest(try model.encode(input))
        var changed = world
        let output = try handler(&changed, received, context)
        world = changed
        return try model.decode(try model.encodeResponse(output, requestID: "1"))
    }

    /// The refusal of a call, as `400 Code: message`.
    mutating func refusal(
        _ service: ImitatedService, _ operation: String, _ input: AttributeValue = [:]
    ) -> String {
        let before = world
        do {
            return "no refusal but \(try call(service, operation, input).jsonText())"
        } catch let fault as CloudFault {
            world = before
            return "\(fault.status) \(fault.code): \(fault.message)"
        } catch let fault as ServiceFault {
            return "\(fault.status) \(fault.code): \(fault.message)"
        } catch {
            return "\(error)"
        }
    }

    /// The world after a restart: what was kept of it, and nothing else.
    mutating func restart() throws {
        var rows: [StoredRow] = []
        try world.takeChanges { change in
            if let record = change.record {
                rows.append(StoredRow(table: change.table, key: change.key, record: record))
            }
        }
        world = World(account: world.account)
        try world.load(rows)
    }
}

private final class Counter: Sendable {
    private let value = Mutex<UInt64>(0)

    /// Numbers that differ from the first of their digits on.
    func next() -> UInt64 {
        value.withLock {
            $0 += 1; return $0 &* 0x9e37_79b9_7f4a_7c15
        }
    }
}

/// A call that is refused, and how.
struct RefusedCall: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var operation: String
    var input: AttributeValue
    var expected: String

    init(_ testDescription: String, _ operation: String, _ input: AttributeValue, _ expected: String) {
        self.testDescription = testDescription
        self.operation = operation
        self.input = input
        self.expected = expected
    }
}
