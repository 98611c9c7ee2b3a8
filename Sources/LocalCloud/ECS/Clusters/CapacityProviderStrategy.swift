import AttributeTree

/// The rules for the lists that say on which capacity tasks are placed.
enum CapacityProviderStrategy {
    static let fargate = ["FARGATE", "FARGATE_SPOT"]

    /// With AWS's defaults: weight 0, base 0.
    static func normalized(_ strategy: AttributeValue) -> AttributeValue {
        .list(
            (strategy.listValue ?? []).map { item in
                [
                    "capacityProvider": item["capacityProvider"] ?? "", "weight": item["weight"] ?? 0,
                    "base": item["base"] ?? 0,
                ]
            })
    }

    static func providers(of strategy: AttributeValue?) -> Set<String> {
        Set((strategy?.listValue ?? []).compactMap { $0["capacityProvider"]?.stringValue })
    }

    /// On which provider each of so many tasks goes: first the base, then by weight. Empty without a strategy.
    static func distribution(of strategy: AttributeValue?, over count: Int) -> [String] {
        let items = (strategy?.listValue ?? []).map { item in
            (
                name: item["capacityProvider"]?.stringValue ?? "", weight: item["weight"]?.intValue ?? 0,
                base: item["base"]?.intValue ?? 0
            )
        }
        guard !items.isEmpty else { return [] }
        var shares = items.map { _ in 0 }
        var chosen = items.flatMap { Array(repeating: $0.name, count: min(count, $0.base)) }
        while chosen.count < count {
            let best = items.indices.filter { items[$0].weight > 0 }.min {
                (shares[$0] + 1) * items[$1].weight < (shares[$1] + 1) * items[$0].weight
            }
            guard let best else { break }
            shares[best] += 1
            chosen.append(items[best].name)
        }
        return Array(chosen.prefix(count))
    }

    /// Checks the providers and the default strategy of a cluster.
    static func check(cluster settings: AttributeValue) throws(CloudFault) {
        let providers = (settings["capacityProviders"]?.listValue ?? []).compactMap(\.stringValue)
        for provider in providers where !fargate.contains(provider) {
            throw .invalidParameter(
                "The specified capacity provider '\(provider)' was not found. Specify a valid name or ARN and try again."
            )
        }
        try check(settings["defaultCapacityProviderStrategy"] ?? [], in: Set(providers))
    }

    /// Checks a strategy against the providers of its cluster.
    static func check(_ strategy: AttributeValue, in providers: Set<String>) throws(CloudFault) {
        let items = strategy.listValue ?? []
        guard Self.providers(of: strategy).isSubset(of: providers) else {
            throw .invalidParameter(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated "
                    + "with the cluster. Associate the capacity provider with the cluster and try again.")
        }
        guard items.filter({ ($0["base"]?.intValue ?? 0) > 0 }).count <= 1 else {
            throw .invalidParameter("The strategy can have only one capacity provider with a base greater than 0.")
        }
        guard items.isEmpty || items.contains(where: { ($0["weight"]?.intValue ?? 0) > 0 }) else {
            throw .invalidParameter(
                "The specified capacity provider strategy must have at least one capacity provider with a weight "
                    + "greater than 0.")
        }
    }
}

extension CloudFault {
    static let capacityProviderInUse = Self(
        "ResourceInUseException", "The specified capacity provider is in use and cannot be removed.")
}
