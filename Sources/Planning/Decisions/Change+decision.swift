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
            switch changedPaths.map({ subject.definition.schema.effect(at: $0) }).max() ?? .inPlace {
            case .inPlace: .inPlace
            case .rollsTasks: .rollsTasks
            case .replace: .replace
            }
        }
    }

    var changedPaths: [AttributePath] { findings.map(\.difference.path) + moved }

    /// The top-level fields that change, in the order of the schema.
    var changedFields: [String] {
        let names = Set(changedPaths.compactMap(\.fieldNames.first))
        return subject.definition.schema.spec.fields.map(\.name).filter(names.contains)
    }
}
