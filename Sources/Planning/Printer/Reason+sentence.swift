import AttributeTree
import ResourceModel

extension Reason {
    /// Why, as a clause about the resource: without its name, a capital or a full stop.
    ///
    /// - Parameter isAdopted: nothing is known of what was applied to it last.
    func sentence(isAdopted: Bool) -> String {
        switch self {
        case .added: "new in the manifests"
        case .disappeared: "it is recorded and gone from the cloud"
        case .removedFromManifests: "no longer in the manifests"
        case .destroyed: "everything recorded is to go"
        case .configuration: isAdopted ? "it is not as the manifest says" : "the manifest changed"
        case .rolledBack: "back to what was final here before"
        case .drift(let paths): "\(Self.list(paths)) changed outside of reconcile"
        case .immutable(let paths): "\(Self.list(paths)) cannot be changed in place"
        case .dependencyReplaced(let address): "moves to the new \(address)"
        case .claimed(let address): "the new \(address) cannot share it with the one it replaces"
        case .adopted: "it exists and is taken over"
        case .unrecorded: "it carries our tags, and the record of it was lost"
        case .untagged: "it has lost the tags that say whose it is"
        case .unfinished(let phase): "an earlier apply left it \(phase == .none ? "unfinished" : phase.rawValue)"
        case .retired(let count): count == 1 ? "no longer needed" : "\(count) earlier ones are no longer needed"
        }
    }

    var isAdoption: Bool { self == .adopted || self == .unrecorded }

    /// The fields of the resource itself: what changes in them stands below.
    private static func list(_ paths: [AttributePath]) -> String {
        var seen: Set<String> = []
        return paths.compactMap(\.fieldNames.first).filter { seen.insert($0).inserted }.joined(separator: ", ")
    }
}
