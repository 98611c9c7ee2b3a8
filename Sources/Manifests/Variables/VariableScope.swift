/// What variables stand for while one set of manifests is read, and which of them were used.
struct VariableScope {
    /// Variables that are no mistake to use although no value is known, because no environment could be selected.
    enum Unknown: Equatable {
        case none
        case these(Set<String>)
        case all
    }

    enum Value: Equatable {
        case known(String)
        case unknown
        case undefined
    }

    /// Where a value comes from does not matter any more.
    let values: [String: String]
    let unknown: Unknown
    private(set) var used: Set<String> = []

    init(given: GivenVariables = .none, environment: [String: String] = [:], unknown: Unknown = .none) {
        values = environment.merging(given.process) { $1 }.merging(given.commandLine) { $1 }
        self.unknown = unknown
    }

    /// In order, for messages.
    var defined: [String] { values.keys.sorted() }

    mutating func use(_ name: String) -> Value {
        used.insert(name)
        if let value = values[name] { return .known(value) }
        switch unknown {
        case .none: return .undefined
        case .these(let names): return names.contains(name) ? .unknown : .undefined
        case .all: return .unknown
        }
    }
}
