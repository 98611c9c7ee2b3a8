import AttributeTree
import Diagnostics
import ResourceModel
import StateModel

/// What brings a resource to where its manifest wants it.
extension Survey {
    mutating func convergence(of subject: Subject, to desired: DesiredResource) -> Decision {
        switch subject.standing(for: request.owner) {
        case .absent: return Decision(subject, .create, [.added])
        case .disappeared: return Decision(subject, .create, [.disappeared])
        // A revision that a service runs is not asked about, so nothing is known of its tags.
        case .ours(_, let observed) where observed.owner == nil && !subject.definition.isRevisioned:
            return adoption(of: subject, desired, observed, because: .untagged)
        case .ours(let recorded, let observed):
            var decision = compared(subject, desired, recorded: recorded, observed: observed)
            if decision.course == .keep, recorded.phase != .final {
                decision.reasons.append(.unfinished(recorded.phase))
            }
            return decision
        case .unrecorded(let observed): return adoption(of: subject, desired, observed, because: .unrecorded)
        case .foreign(let observed):
            guard request.adopt.contains(subject.address) else {
                diagnostics.append(.foreign(subject, observed))
                return Decision(subject, .refused)
            }
            return adoption(of: subject, desired, observed, because: .adopted)
        }
    }

    private mutating func adoption(
        of subject: Subject, _ desired: DesiredResource, _ observed: ObservedResource, because reason: Reason
    ) -> Decision {
        let recorded = reason == .adopted ? nil : subject.recorded
        var decision = compared(subject, desired, recorded: recorded, observed: observed)
        decision.adopted = observed
        decision.reasons.insert(reason, at: 0)
        return decision
    }

    private mutating func compared(
        _ subject: Subject, _ desired: DesiredResource, recorded: RecordedResource?, observed: ObservedResource
    ) -> Decision {
        let findings = findings(subject.definition, desired, recorded: recorded, observed: observed)
        guard !findings.isEmpty else { return Decision(subject, .keep) }
        var decision = Decision(subject, .update, reasons(for: findings))
        decision.findings = findings
        settleCourse(&decision)
        return decision
    }

    /// A field that still refers to what a resource was before an apply that did not end is nobody's change.
    private func reasons(for findings: [Comparison.Finding]) -> [Reason] {
        var left: [String?: Set<ResourceAddress>] = [:]
        for finding in findings where finding.isDrift {
            let replaced = normalForm.identities.addresses(retiredIn: finding.difference.observed)
            if !replaced.isEmpty { left[finding.difference.path.fieldNames.first, default: []].formUnion(replaced) }
        }
        let configured = findings.filter { !$0.isDrift }.map(\.difference.path)
        let drifted = findings.filter(\.isDrift).map(\.difference.path).filter { left[$0.fieldNames.first] == nil }
        let wanted: Reason = request.goal == .rollBack ? .rolledBack(configured) : .configuration(configured)
        return (configured.isEmpty ? [] : [wanted]) + (drifted.isEmpty ? [] : [.drift(drifted)])
            + Set(left.values.joined()).sorted().map { .dependencyReplaced($0) }
    }

    func findings(
        _ definition: KindDefinition, _ desired: DesiredResource, recorded: RecordedResource?,
        observed: ObservedResource
    ) -> [Comparison.Finding] {
        let schema = definition.schema
        let normalDesired = normalForm.normal(desired.attributes, by: schema)
        let normalRecorded = recorded.map { recorded in
            recorded.attributes == desired.attributes
                ? normalDesired : normalForm.normal(recorded.attributes, by: schema)
        }
        var comparison = Comparison(secrets: secrets)
        comparison.compare(
            .init(
                desired: normalDesired, recorded: normalRecorded,
                observed: normalForm.normal(observed.attributes, by: schema)),
            by: schema.spec, absentMeansDefault: definition.isRevisioned, ignoring: schema.nameField)
        if request.goal == .rollBack {
            return comparison.findings.filter { definition.isRolledBack($0.difference.path) }
        }
        return nameFinding(schema, desired, recorded).map { [$0] + comparison.findings } ?? comparison.findings
    }

    /// A name that was generated for a replacement stands for the name in the manifest.
    private func nameFinding(
        _ schema: KindSchema, _ desired: DesiredResource, _ recorded: RecordedResource?
    ) -> Comparison.Finding? {
        guard let recorded, recorded.cloudName != desired.cloudName,
            !ReplacementName.isGenerated(recorded.cloudName, for: desired.cloudName)
        else { return nil }
        let difference = Difference(
            path: AttributePath([.member(schema.nameField)]), recorded: .string(recorded.cloudName),
            observed: .string(recorded.cloudName), desired: .string(desired.cloudName), effect: .replace)
        return Comparison.Finding(difference: difference, isDrift: false)
    }

    /// How a resource with differences gets to where it should be; refused where that would delete what is protected.
    /// A revision is never replaced: the next one may differ in everything. What has a call of its own is changed on the
    /// revision that there is.
    mutating func settleCourse(_ decision: inout Decision) {
        let definition = decision.subject.definition
        guard !definition.isRevisioned else {
            let isContent = decision.changedPaths.contains { definition.schema.updateCall(at: $0) == nil }
            decision.course = isContent ? .revise : .update
            return
        }
        switch decision.effect {
        case .inPlace, .rollsTasks: decision.course = .update
        case .replace:
            decision.course = .replace(definition.verbs.replaceOrder)
            let immutable =
                decision.findings.map(\.difference).filter { $0.effect == .replace }.map(\.path)
                + decision.moved.filter { definition.schema.effect(at: $0) == .replace }
            decision.reasons.removeAll { if case .immutable = $0 { true } else { false } }
            decision.reasons.append(.immutable(immutable))
            guard decision.subject.isProtected else { return }
            diagnostics.append(.protectedFromReplacement(decision.subject, because: immutable))
            decision.course = .refused
        }
    }
}

extension Subject {
    /// The manifest decides; for what is no longer in a manifest, the one it was last in.
    var isProtected: Bool { desired?.metadata.protect ?? recorded?.protect ?? false }
}
