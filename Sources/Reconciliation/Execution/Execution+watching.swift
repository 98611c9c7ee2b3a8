import Planning
import ResourceModel

// Waiting: from the end of a call until a resource is final, or until there is no point in waiting.
extension Execution {
    /// The resource that is asked about when an address is waited for: `Service/web` for `Tasks/web`.
    func owner(of address: ResourceAddress) -> ResourceAddress {
        ownerKinds[address.kind].map { ResourceAddress(kind: $0, name: address.name) } ?? address
    }

    /// A resource and what is observed under it.
    func group(of owner: ResourceAddress) -> [ResourceAddress] {
        let observed = catalog[owner.kind]?.observedWords.keys.sorted() ?? []
        return [owner] + observed.map { ResourceAddress(kind: $0, name: owner.name) }
    }

    mutating func watchIfNeeded(_ address: ResourceAddress, at now: Duration) {
        guard watches[address] == nil, var item = item(address) else { return }
        item.started = started[address] ?? [:]
        watchCount += 1
        watches[address] = Watch(item: item, number: watchCount, since: now)
        unsettled[address] = nil
        poll(address.kind) { $0.watch(address, at: now) }
    }

    mutating func unwatch(_ address: ResourceAddress) {
        guard watches.removeValue(forKey: address) != nil else { return }
        pollers[address.kind]?.forget(address)
    }

    mutating func poll(_ kind: KindName, _ decide: (inout Poller) -> Poller.Action) {
        guard var poller = pollers[kind] else { return }
        let action = decide(&poller)
        pollers[kind] = poller
        switch action {
        case .nothing: break
        case .sleep(let due, let number): actions.append(.sleep(kind, until: due, number: number))
        case .ask:
            let watches = poller.watched.sorted().compactMap { self.watches[$0] }
            let asked = Dictionary(uniqueKeysWithValues: watches.map { ($0.item.address, $0.number) })
            actions.append(.ask(kind, watches.map(\.item), asked: asked))
        }
    }

    mutating func answered(
        _ kind: KindName, asked: [ResourceAddress: Int], rows: [StatusRow], at now: Duration
    ) {
        askFailures[kind] = nil
        var news = false
        for row in rows {
            let owner = owner(of: row.address)
            guard let number = asked[owner], watches[owner]?.number == number else { continue }
            if board[row.address] != row {
                news = true
                show(row)
                for step in scheduler.rowChanged(row.address, on: board) { succeeded(step) }
            }
            // No news is a failure that was there before this wait began.
            if row.phase == .failed {
                giveUp([(owner, row.failure.map(StepFailure.init) ?? StepFailure(.failed, row.state))])
            }
        }
        for address in asked.keys.sorted() { conclude(address) }
        expireWatches(asked: asked, at: now)
        poll(kind) { [deadline = firstDeadline(of: kind)] in
            $0.answered(news: news, at: now, deadline: deadline)
        }
    }

    mutating func askFailed(_ kind: KindName, message: String, at now: Duration) {
        askFailures[kind] = message
        poll(kind) { [deadline = firstDeadline(of: kind)] in $0.failed(at: now, deadline: deadline) }
        guard let poller = pollers[kind] else { return }
        if poller.isExhausted {
            giveUp(poller.watched.sorted().map { ($0, StepFailure(.failed, message)) })
        } else {
            let numbers = poller.watched.sorted().compactMap { address in
                watches[address].map { (address, $0.number) }
            }
            expireWatches(asked: Dictionary(uniqueKeysWithValues: numbers), at: now)
        }
    }

    /// Ends a watch that has nothing left to wait for: the resource is final, or nothing waits for it and it will not
    /// become final in this apply.
    mutating func conclude(_ address: ResourceAddress) {
        guard watches[address] != nil else { return }
        let group = group(of: address)
        guard !group.contains(where: scheduler.isAwaited) else { return }
        if isFinal(address) {
            unwatch(address)
            writes += 1
            actions.append(.storeFinal([address]))
        } else if hopeless.contains(address) || settings.detach {
            unwatch(address)
            unsettled[address] = .abandoned
        }
    }

    /// Waiting for these has no point, each for a reason of its own; what waits for them fails.
    private mutating func giveUp(_ endings: [(address: ResourceAddress, failure: StepFailure)]) {
        // All watches are ended before any step fails: a failure ends the watches of what the step came after, as if
        // those had no reason of their own.
        let endings = endings.filter { watches[$0.address] != nil }
        for (address, failure) in endings {
            unwatch(address)
            unsettled[address] = .failed(failure)
            emit(.unsettled(address, failure))
        }
        for (address, failure) in endings {
            for member in group(of: address) {
                for step in scheduler.steps(awaiting: member) { fail(step.id, with: failure) }
            }
        }
    }
}

// MARK: - Deadlines

extension Execution {
    private func deadline(of watch: Watch) -> Duration {
        max(watch.since, lastChange) + settings.timeout
    }

    /// As long as calls are in flight, what is waited for may still be waiting for them.
    private func firstDeadline(of kind: KindName) -> Duration? {
        guard !scheduler.isCalling else { return nil }
        return pollers[kind]?.watched.filter { !isFinal($0) }.compactMap { watches[$0].map(deadline) }.min()
    }

    private mutating func expireWatches(asked: [ResourceAddress: Int], at now: Duration) {
        guard !scheduler.isCalling else { return }
        let expired = asked.keys.sorted().filter { address in
            guard let watch = watches[address], watch.number == asked[address] else { return false }
            return deadline(of: watch) <= now && !isFinal(address)
        }
        giveUp(expired.map { ($0, StepFailure(.deadline, deadlineMessage(for: $0))) })
    }

    /// With what is observed under it. It is still watched as long as a step waits for something else besides: that one
    /// is late then, and says so itself.
    private func isFinal(_ address: ResourceAddress) -> Bool {
        board[address]?.phase == .final
            && group(of: address).allSatisfy { board[$0].map { $0.phase == .final } ?? true }
    }

    /// `after 15 min: Service/web is "Created", waiting for 1 of 2 tasks to run`.
    private func deadlineMessage(for address: ResourceAddress) -> String {
        let states = group(of: address).compactMap { board[$0] }.filter { $0.phase != .final }.map { row in
            let state = "\(row.address) is \"\(row.state)\""
            return row.waitingFor.map { "\(state), waiting for \($0)" } ?? state
        }
        let what = states.isEmpty ? "nothing is known of \(address)" : states.joined(separator: "; ")
        let failure = askFailures[address.kind].map { "; the last question failed: \($0)" } ?? ""
        return "after \(settings.timeout.inWords): \(what)\(failure)"
    }
}
