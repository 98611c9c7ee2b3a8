/// A way of bytes into the program, and what has to hold whatever the bytes are.
///
/// `make fuzz` looks for bytes that break it; the tests try all that are kept in `Corpora`, a directory a target.
package enum FuzzTarget: String, Sendable, CaseIterable {
    /// A file → nodes with places.
    case yaml
    /// A manifest, beside a project where it declares none → desired resources, checked and ordered.
    case manifests
    /// A text → values.
    case json
    /// An answer of AWS → output, or a fault. The first line names the operation: `ecs:ListClusters`.
    case answers
    /// A request to the local cloud → operation and input. The first line names the operation that is meant.
    case requests
    /// What a store keeps: resources, intents and reports → a recorded state.
    case state
    /// What comes over a connection of the load balancer → messages.
    case http

    /// - Throws: what does not hold. Whoever calls this notices what traps, hangs, or takes the memory.
    package func check(_ input: [UInt8]) throws(BrokenProperty) {
        switch self {
        case .yaml: try checkYAML(input)
        case .manifests: try checkManifests(input)
        case .json: try checkJSON(input)
        case .answers: try checkAnswer(input)
        case .requests: try checkRequest(input)
        case .state: try checkState(input)
        case .http: try checkHTTP(input)
        }
    }
}

/// Something that has to hold for every input, and does not for one.
package struct BrokenProperty: Error, CustomStringConvertible {
    package var description: String

    init(_ sentence: String) {
        description = sentence
    }
}

func require(_ condition: Bool, _ sentence: @autoclosure () -> String) throws(BrokenProperty) {
    if !condition { throw BrokenProperty("it does not hold that \(sentence())") }
}

/// - Returns: what is made of values that were read from an input, and therefore have to be readable.
func requireReadable<Value>(
    _ sentence: @autoclosure () -> String, _ read: () throws -> Value
) throws(BrokenProperty) -> Value {
    do {
        return try read()
    } catch {
        throw BrokenProperty("it does not hold that \(sentence()): \(error)")
    }
}
