import AWSModel
import AttributeTree

extension FuzzTarget {
    /// Inputs that are made from what we know of the service, beside those that are kept: an answer and a request of
    /// every operation, with every member there is.
    package var seeds: [[UInt8]] {
        switch self {
        case .answers:
            operations {
                try $0.encodeResponse(sample($1), requestID: "r").body
            } of: {
                $0.output
            }
        case .requests:
            operations {
                try $0.encode(sample($1)).body
            } of: {
                $0.input
            }
        case .yaml, .manifests, .json, .state, .http: []
        }
    }

    private func operations(
        _ write: (OperationModel, Shape) throws -> [UInt8], of shape: (OperationModel) -> Shape?
    ) -> [[UInt8]] {
        ServiceModel.all.flatMap { service in
            service.operations.values.sorted { $0.name < $1.name }.compactMap { operation in
                guard let shape = shape(operation), let body = try? write(operation, shape) else { return nil }
                return Array("\(service.id):\(operation.name)\n".utf8) + body
            }
        }
    }
}

/// A value of a shape with everything that fits into a few levels.
private func sample(_ shape: Shape, levels: Int = 9) -> AttributeValue {
    switch shape.kind {
    case .structure(let structure):
        let members = structure.members.filter { levels > 0 || $0.isRequired }
        let written = structure.isUnion ? Array(members.prefix(1)) : members
        return .map(Dictionary(uniqueKeysWithValues: written.map { ($0.name, sample($0.shape, levels: levels - 1)) }))
    case .list(let list):
        let count = max(levels > 0 ? 1 : 0, list.limits.minimum ?? 0)
        return .list(Array(repeating: sample(list.element, levels: levels - 1), count: count))
    case .map(let map):
        return levels > 0 ? .map(["k": sample(map.value, levels: levels - 1)]) : [:]
    case .string(let text): return .string(text.values.first ?? String(repeating: "a", count: text.length.minimum ?? 1))
    case .integer(let limits), .long(let limits): return .int(limits.minimum ?? 1)
    case .float(let limits), .double(let limits): return .number(limits.minimum ?? 1.5)
    case .boolean: return true
    case .timestamp: return 1_422_172_800
    case .blob: return "YQ=="
    case .document: return ["a": [1, "b"]]
    }
}
