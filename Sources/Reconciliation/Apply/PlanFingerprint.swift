package import AttributeTree
package import Planning
package import ResourceModel
package import StateModel

/// What a plan was made from, in so few words that they can be saved with it. A plan is a function of its inputs: where
/// the fingerprints are equal the plans are.
package struct PlanFingerprint: Sendable, Equatable {
    package var lineage: String
    package var serial: Int
    package var desired: String
    package var observed: String

    package init(lineage: String, serial: Int, desired: String, observed: String) {
        self.lineage = lineage
        self.serial = serial
        self.desired = desired
        self.observed = observed
    }

    /// - Parameter stored: The state as the store has it, before anything is resolved.
    package init(stored: RecordedState, desired: DesiredSet, observed: ObservedWorld, hash: TextHash) {
        lineage = stored.lineage
        serial = stored.serial
        // Salted, because the manifests may hold secrets.
        self.desired = hash(stored.salt + desired.fingerprintText.jsonText())
        self.observed = hash(stored.salt + observed.fingerprintText.jsonText())
    }

    /// What moved between the moment of this fingerprint and that of another.
    package func changes(to other: PlanFingerprint) -> [StalePlan.Subject] {
        var moved: [StalePlan.Subject] = []
        if (lineage, serial) != (other.lineage, other.serial) { moved.append(.state) }
        if desired != other.desired { moved.append(.manifests) }
        if observed != other.observed { moved.append(.cloud) }
        return moved
    }

    package var json: AttributeValue {
        [
            "lineage": .string(lineage), "serial": .int(serial), "desired": .string(desired),
            "observed": .string(observed),
        ]
    }

    package init?(json: AttributeValue) {
        guard let lineage = json["lineage"]?.stringValue, let serial = json["serial"]?.intValue,
            let desired = json["desired"]?.stringValue, let observed = json["observed"]?.stringValue
        else { return nil }
        self.init(lineage: lineage, serial: serial, desired: desired, observed: observed)
    }
}

/// A saved plan no longer says what would happen.
package struct StalePlan: Error, Sendable, Equatable {
    package enum Subject: String, Sendable, Hashable {
        case state, manifests, cloud
    }

    package var moved: [Subject]

    package init(moved: [Subject]) {
        self.moved = moved
    }
}

extension StalePlan: CustomStringConvertible {
    package var description: String {
        let what = moved.map { subject in
            switch subject {
            case .state: "the recorded state has changed"
            case .manifests: "the manifests have changed"
            case .cloud: "what exists in the cloud has changed"
            }
        }
        return "the saved plan is stale: since it was made, \(what.joined(separator: ", and "))"
    }
}

extension DesiredSet {
    fileprivate var fingerprintText: AttributeValue {
        .list(
            addresses.compactMap { self[$0] }.map { resource in
                [
                    "address": .string(resource.address.description), "attributes": resource.attributes,
                    "cloudName": .string(resource.cloudName), "protect": .bool(resource.metadata.protect),
                ]
            })
    }
}

extension ObservedWorld {
    fileprivate var fingerprintText: AttributeValue {
        let resources = resources.sorted { $0.key < $1.key }.map { address, resource -> AttributeValue in
            let ownership = resource.owner.map { "\($0.owner.project)/\($0.owner.environment)/\($0.address)" }
            return [
                "address": .string(address.description), "id": .string(resource.identity.id),
                "cloudName": .string(resource.cloudName), "attributes": resource.attributes,
                "owner": ownership.map { .string($0) } ?? .null,
            ]
        }
        let lookups = lookups.map { ("\($0.key.subject).\($0.key.word)", $0.value) }
        return ["resources": .list(resources), "lookups": .map(Dictionary(lookups) { _, last in last })]
    }
}
