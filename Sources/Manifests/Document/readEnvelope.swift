import Diagnostics
import ResourceModel
import YAML

/// Reads what every manifest begins with; `nil` for an empty document and, after a diagnostic, for one that is no
/// manifest.
///
/// - Parameter kinds: the kinds that are known, `Project` included.
func readEnvelope(
    of root: YAMLNode, kinds: [KindName], diagnostics: inout [Diagnostic]
) -> ManifestDocument? {
    guard root.kind == .mapping else {
        if !root.isNull { diagnostics.append(.noManifest(at: root.range)) }
        return nil
    }
    let pairs = root.pairs
    guard let first = pairs.first else {
        diagnostics.append(.noManifest(at: root.range))
        return nil
    }
    guard pairs.contains(where: { Envelope.members.dropLast().contains($0.key.scalar ?? "") }) else {
        diagnostics.append(.noManifest(at: root.range))
        return nil
    }
    var document = ManifestDocument(firstKey: first.key)
    var seen: Set<String> = []
    for pair in pairs {
        let name = pair.key.scalar ?? ""
        guard seen.insert(name).inserted else { continue }
        switch name {
        case "apiVersion": checkVersion(pair, &diagnostics)
        case "kind":
            document.kindNode = pair.value
            document.kind = readKind(pair, kinds: kinds, &diagnostics)
        case "metadata":
            document.metadata = pair.value
            document.metadataKey = pair.key
        case "spec":
            document.spec = pair.value
            document.specKey = pair.key
        default:
            diagnostics.append(.unknownMember(name, at: pair.key.range))
            // What was meant is not missing.
            if let meant = didYouMean(name, among: Envelope.members) { seen.insert(meant) }
        }
    }
    for required in Envelope.members.dropLast() where !seen.contains(required) {
        diagnostics.append(.missingMember(required, at: document.firstKey.range, kinds: kinds))
    }
    return document
}

private func checkVersion(_ pair: YAMLNode.Pair, _ diagnostics: inout [Diagnostic]) {
    guard pair.value.scalar != Envelope.apiVersion else { return }
    diagnostics.append(.unsupportedVersion(pair.value.scalar, at: pair.value.range))
}

private func readKind(
    _ pair: YAMLNode.Pair, kinds: [KindName], _ diagnostics: inout [Diagnostic]
) -> KindName? {
    guard let name = pair.value.scalar else {
        diagnostics.append(.unknownKind(nil, at: pair.value.range, kinds: kinds))
        return nil
    }
    guard kinds.contains(KindName(name)) else {
        diagnostics.append(.unknownKind(name, at: pair.value.range, kinds: kinds))
        return nil
    }
    return KindName(name)
}
