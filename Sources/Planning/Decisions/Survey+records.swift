import AttributeTree
import ResourceGraph
import ResourceModel
import StateModel

extension Survey {
    /// What is kept, and recorded otherwise than it would be today.
    var staleRecords: [ResourceAddress] {
        guard request.goal == .converge else { return [] }
        return order.filter { address in
            guard let decision = decisions[address], decision.course == .keep, decision.adopted == nil,
                let desired = decision.subject.desired, let recorded = decision.subject.recorded
            else { return false }
            return !isUpToDate(recorded, desired, decision)
        }
    }

    private func isUpToDate(
        _ recorded: RecordedResource, _ desired: DesiredResource, _ decision: Decision
    ) -> Bool {
        guard recorded.protect == desired.metadata.protect,
            recorded.dependencies == graph.dependencies(of: desired.address).map(\.address)
        else { return false }
        return recorded.attributes == desired.attributes
            || recorded.attributes == secrets.redacted(desired.attributes, by: decision.subject.definition.schema)
    }
}
