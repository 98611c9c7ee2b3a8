package import ResourceModel

/// How far everything is: the newest row of each address, and which milestones it has passed.
package struct StatusBoard: Sendable, Equatable {
    package private(set) var rows: [ResourceAddress: StatusRow] = [:]

    package init() {}

    package subscript(address: ResourceAddress) -> StatusRow? { rows[address] }

    /// Returns whether the row says anything that was not known.
    package mutating func set(_ row: StatusRow) -> Bool {
        rows.updateValue(row, forKey: row.address) != row
    }

    package mutating func remove(_ address: ResourceAddress) {
        rows[address] = nil
    }

    package func hasReached(_ milestone: Milestone) -> Bool {
        guard let row = rows[milestone.address] else { return false }
        return row.phase >= milestone.phase
    }
}
