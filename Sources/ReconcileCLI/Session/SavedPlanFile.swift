package import AttributeTree
import FoundationEssentials
package import Reconciliation
import ResourceModel

/// A plan in a file, to be carried out later and by somebody else: `plan --out`, `apply PLAN`.
///
/// It holds how the manifests are found, the fingerprint of all that the plan was made from, and the plan for people and
/// programs to read. An apply plans again from the same manifests, and refuses unless the fingerprint is the same. It
/// holds the values given with `--var`, and is readable by its owner only.
package struct SavedPlanFile: Sendable {
    package static let formatVersion = 1

    package var path: String

    package init(path: String) { self.path = path }

    package struct Content: Sendable {
        package var manifests: ManifestOptions
        package var targets: TargetOptions
        package var fingerprint: PlanFingerprint
    }

    package func write(
        _ fingerprint: PlanFingerprint, plan: AttributeValue, manifests: ManifestOptions, targets: TargetOptions
    ) throws {
        let document: AttributeValue = [
            "formatVersion": .int(Self.formatVersion), "kind": "reconcile/plan",
            "manifests": [
                "files": .list(manifests.files.map { .string($0) }),
                "environment": manifests.environment.map { .string($0) } ?? .null,
                "variables": .list(manifests.variables.map { .string("\($0.name)=\($0.value)") }),
            ],
            "targets": .list(targets.targets.map { .string($0.description) }),
            "adopt": .list(targets.adopted.map { .string($0.description) }),
            "fingerprint": fingerprint.json, "plan": plan,
        ]
        let bytes = Data(document.json(.pretty))
        let created = FileManager.default.createFile(
            atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600])
        guard created else { throw SettingUpError("the plan cannot be written to \(path)") }
    }

    /// - Throws: ``SettingUpError`` when it is no saved plan, or one of a later version.
    package func read() throws -> Content {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SettingUpError(
                "there is no saved plan \(path)", help: ["make one with: reconcile plan --out \(path)"])
        }
        guard let document = try? AttributeValue(json: [UInt8](data)), document["kind"] == "reconcile/plan",
            let version = document["formatVersion"]?.intValue
        else { throw SettingUpError("\(path) is not a saved plan", help: ["make one with: reconcile plan --out FILE"]) }
        guard version == Self.formatVersion else {
            throw SettingUpError(
                "\(path) was saved by another version of reconcile (format \(version))", help: ["make the plan again"])
        }
        guard let content = Content(document) else {
            throw SettingUpError("the saved plan \(path) is damaged", help: ["make the plan again"])
        }
        return content
    }
}

extension SavedPlanFile.Content {
    fileprivate init?(_ document: AttributeValue) {
        guard let fingerprint = document["fingerprint"].flatMap(PlanFingerprint.init),
            let files = document["manifests"]?["files"]?.texts,
            let variables = document["manifests"]?["variables"]?.texts,
            let targets = document["targets"]?.texts, let adopted = document["adopt"]?.texts
        else { return nil }
        var manifests = ManifestOptions()
        manifests.files = files
        manifests.environment = document["manifests"]?["environment"]?.stringValue
        manifests.variables = variables.compactMap(VariableAssignment.init)
        var targetOptions = TargetOptions()
        targetOptions.targets = targets.compactMap { .init($0) }
        targetOptions.adopted = adopted.compactMap { .init($0) }
        self.init(manifests: manifests, targets: targetOptions, fingerprint: fingerprint)
    }
}

extension AttributeValue {
    fileprivate var texts: [String]? { listValue?.compactMap(\.stringValue) }
}
