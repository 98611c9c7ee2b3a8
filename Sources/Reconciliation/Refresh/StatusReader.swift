import AttributeTree
package import ResourceModel
package import StateModel

/// Asks once how far everything is.
package struct StatusReader: Sendable {
    private let provider: any Provider

    package init(provider: any Provider) {
        self.provider = provider
    }

    /// A row for everything desired or recorded, and for what is observed under it, in address order.
    ///
    /// Kinds are asked one after the other, dependencies first, so that each sees the rows of those before it. What is
    /// not final then is asked about once more, if rows have come since that it may have been waiting for.
    /// - Throws: ``RefreshError``.
    package func read(desired: DesiredSet, recorded: RecordedState) async throws -> [StatusRow] {
        var board = StatusBoard()
        let items = Dictionary(grouping: recorded.settleItems(provider.catalog, following: false), by: \.address.kind)
        let kinds = try orderedKinds(Set(items.keys))
        for kind in kinds {
            try await ask(kind, items[kind.definition.kind] ?? [], on: &board, desired, recorded)
        }
        for kind in kinds.dropLast() {
            let unsettled = (items[kind.definition.kind] ?? []).filter { board[$0.address]?.phase != .final }
            try await ask(kind, unsettled, on: &board, desired, recorded)
        }
        for address in Set(desired.resources.keys).union(recorded.resources.keys) where board[address] == nil {
            _ = board.set(StatusRow(address: address, phase: .none, state: Phase.none.rawValue))
        }
        return board.rows.values.sorted { $0.address < $1.address }
    }

    private func ask(
        _ kind: any ResourceKind, _ items: [SettleRequest.Item], on board: inout StatusBoard,
        _ desired: DesiredSet, _ recorded: RecordedState
    ) async throws {
        guard !items.isEmpty else { return }
        do {
            let rows = try await kind.settle(
                SettleRequest(items: items, rows: board.rows, recorded: recorded.resources, desired: desired))
            for row in rows { _ = board.set(row) }
        } catch {
            throw RefreshError(.kind(kind.definition.kind), cause: error)
        }
    }

    private func orderedKinds(_ names: Set<KindName>) throws -> [any ResourceKind] {
        let known = Dictionary(uniqueKeysWithValues: provider.kinds.map { ($0.definition.kind, $0) })
        var order = KindOrder(names) { known[$0]?.observedAfter ?? [] }
        var kinds: [any ResourceKind] = []
        while case let next = order.next(), !next.isEmpty {
            for name in next {
                guard let kind = known[name] else {
                    throw RefreshError(.unknownKind(ResourceAddress(kind: name, name: "*")))
                }
                kinds.append(kind)
                order.answered(name)
            }
        }
        return kinds
    }
}
