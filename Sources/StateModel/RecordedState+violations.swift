package import ResourceModel

extension RecordedState {
    /// A way in which a state breaks its invariants, which only damage or a mistake of this program can bring about.
    package enum Violation: Sendable, Hashable {
        case misfiled(ResourceAddress, under: ResourceAddress)
        /// Each depends on the next, and the last on the first.
        case cycle([ResourceAddress])
        case sharedIdentity(String, [ResourceAddress])
        case repeatedIntent(Int)
        case intentFromTheFuture(Int)
    }

    /// Every violation of the invariants of a state, in the order of their numbers and then of the addresses.
    package func violations() -> [Violation] {
        misfiled() + cycles() + sharedIdentities() + intentViolations()
    }

    private func misfiled() -> [Violation] {
        resources.filter { $0.key != $0.value.address }.sorted { $0.key < $1.key }
            .map { .misfiled($0.value.address, under: $0.key) }
    }

    private func sharedIdentities() -> [Violation] {
        var holders = Dictionary<String, ResourceAddress>(minimumCapacity: resources.count)
        var shared: [String: [ResourceAddress]] = [:]
        func file(_ id: String, _ address: ResourceAddress) {
            guard let first = holders.updateValue(address, forKey: id) else { return }
            shared[id, default: [first]].append(address)
        }
        for (address, resource) in resources {
            file(resource.identity.id, address)
            for retired in resource.retired { file(retired.identity.id, address) }
        }
        return shared.sorted { $0.key < $1.key }.map { .sharedIdentity($0.key, $0.value.sorted()) }
    }

    private func intentViolations() -> [Violation] {
        var seen: Set<Int> = []
        return intents.compactMap { intent in
            if !seen.insert(intent.id).inserted { return .repeatedIntent(intent.id) }
            return intent.id < nextIntentID ? nil : .intentFromTheFuture(intent.id)
        }
    }

    /// A depth-first walk with a stack of its own: a chain of dependencies may be as long as the state is large.
    private func cycles() -> [Violation] {
        var found: [Violation] = []
        var done: Set<ResourceAddress> = []
        for start in resources.keys.sorted() where !done.contains(start) {
            var path: [ResourceAddress] = [start]
            var onPath: [ResourceAddress: Int] = [start: 0]
            var remaining = [resources[start]?.dependencies ?? []]
            while let current = path.last {
                guard let next = remaining[remaining.count - 1].popLast() else {
                    done.insert(current)
                    onPath[current] = nil
                    path.removeLast()
                    remaining.removeLast()
                    continue
                }
                if let position = onPath[next] {
                    found.append(.cycle(Array(path[position...])))
                } else if !done.contains(next) {
                    onPath[next] = path.count
                    path.append(next)
                    remaining.append(resources[next]?.dependencies ?? [])
                }
            }
        }
        return found
    }
}

extension RecordedState.Violation: CustomStringConvertible {
    package var description: String {
        switch self {
        case .misfiled(let address, let key): "\(address) is filed under \(key)"
        case .cycle(let path): "\(path.map(\.description).joined(separator: " → ")) → \(path[0])"
        case .sharedIdentity(let id, let addresses):
            "\(addresses.map(\.description).joined(separator: " and ")) have the same identity, \(id)"
        case .repeatedIntent(let id): "intent \(id) is there twice"
        case .intentFromTheFuture(let id): "intent \(id) is not below the number of the next intent"
        }
    }
}
