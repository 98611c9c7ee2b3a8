import AttributeTree
import GRDB
import ResourceModel
import StateModel

/// The rows of a state as they are in the file.
struct StoredState: Sendable {
    private var lineage: String
    private var salt: String
    private var serial: Int
    private var nextIntentID: Int
    private var resources: [String]
    private var intents: [String]

    init(_ connection: Database) throws {
        guard let row = try Row.fetchOne(connection, sql: "SELECT * FROM state") else {
            throw StateFormatError(at: "state", expected: "there")
        }
        lineage = try row.decode(forColumn: "lineage")
        salt = try row.decode(forColumn: "salt")
        serial = try row.decode(forColumn: "serial")
        nextIntentID = try row.decode(forColumn: "nextIntentID")
        resources = try String.fetchAll(connection, sql: "SELECT content FROM resources")
        intents = try String.fetchAll(connection, sql: "SELECT content FROM intents ORDER BY id")
    }

    func decoded() throws -> RecordedState {
        guard [serial, nextIntentID].allSatisfy(RecordedState.numbers.contains) else {
            throw StateFormatError(at: "state", expected: "numbered from 0")
        }
        var state = RecordedState(lineage: lineage, serial: serial, salt: salt, nextIntentID: nextIntentID)
        state.resources.reserveCapacity(resources.count)
        for text in resources {
            let resource = try RecordedResource(json: AttributeValue(json: text))
            state.resources[resource.address] = resource
        }
        state.intents = try intents.map { try Intent(json: AttributeValue(json: $0)) }
        return state
    }
}

extension StateEvent {
    /// Changes the rows as ``RecordedState/apply(_:)`` changes the value.
    func store(in connection: Database) throws {
        var nextIntentID = 0
        switch self {
        case .began(let intent):
            nextIntentID = intent.id + 1
            try connection.cachedStatement(sql: "INSERT INTO intents (id, content) VALUES (?, ?)")
                .execute(arguments: [intent.id, intent.json.jsonText()])
        case .recorded(let resource, let intent):
            try connection.cachedStatement(sql: "REPLACE INTO resources (address, content) VALUES (?, ?)")
                .execute(arguments: [resource.address.description, resource.json.jsonText()])
            try complete(intent, in: connection)
        case .removed(let address, let intent):
            try connection.cachedStatement(sql: "DELETE FROM resources WHERE address = ?")
                .execute(arguments: [address.description])
            try complete(intent, in: connection)
        case .abandoned(let intent):
            try complete(intent, in: connection)
        }
        try connection.cachedStatement(
            sql: "UPDATE state SET serial = serial + 1, nextIntentID = max(nextIntentID, ?)"
        ).execute(arguments: [nextIntentID])
    }

    private func complete(_ intent: Int?, in connection: Database) throws {
        guard let intent else { return }
        try connection.cachedStatement(sql: "DELETE FROM intents WHERE id = ?").execute(arguments: [intent])
    }
}
