import AttributeTree
import ResourceModel

extension Change {
    init(_ decision: Decision) {
        self.init(
            address: decision.address, action: decision.action, reasons: decision.reasons, impact: decision.impact,
            differences: decision.findings.map(\.difference))
    }
}

extension Decision {
    fileprivate var action: Change.Action {
        switch course {
        case .keep, .refused: .keep
        case .create: .create
        case .update, .revise: .update
        case .replace(let order): .replace(order)
        case .delete, .forget: .delete
        }
    }

    var impact: Impact {
        switch course {
        case .keep, .create, .delete, .forget, .refused: .none
        case .replace: .replace
        case .update, .revise:
            switch effect {
            case .inPlace: .inPlace
            case .rollsTasks: .rollsTasks
            case .replace: .replace
            }
        }
    }

    /// The greatest of all that changes.
    var effect: ChangeEffect {
        let referring = moved.map { subject.definition.schema.effect(at: $0) }
        return (findings.map(\.difference.effect) + referring).max() ?? .inPlace
    }

    /// A resource that keeps its identity sends requests elsewhere.
    var movesTraffic: Bool {
        course == .update && changedPaths.contains { subject.definition.schema.movesTraffic(at: $0) }
    }

    var changedPaths: [AttributePath] { findings.map(\.difference.path) + moved }

    /// The top-level fields that change, in the order of the schema.
    var changedFields: [String] {
        let names = Set(changedPaths.compactMap(\.fieldNames.first))
        return subject.definition.schema.spec.fields.map(\.name).filter(names.contains)
    }
}
