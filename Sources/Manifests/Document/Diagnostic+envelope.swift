import AttributeTree
import Diagnostics
import ResourceModel

extension Diagnostic {
    static func noManifest(at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "this is no manifest", at: range,
            help: ["a manifest is a map of \"apiVersion\", \"kind\", \"metadata\" and \"spec\""])
    }

    static func unknownMember(_ name: String, at range: SourceRange) -> Diagnostic {
        let suggestion = Diagnostic.suggestion(for: name, among: Envelope.members)
        return Diagnostic(
            .error, "a manifest has no member \"\(name)\"", at: range,
            help: suggestion.isEmpty ? ["what a resource should be like belongs in \"spec\""] : suggestion)
    }

    static func missingMember(_ name: String, at range: SourceRange, kinds: [KindName]) -> Diagnostic {
        let help =
            switch name {
            case "apiVersion": "add \"apiVersion: \(Envelope.apiVersion)\""
            case "metadata": "add \"metadata: {name: NAME}\""
            default: "add \"\(name): KIND\"; the kinds are \(kinds.map(\.rawValue).joined(separator: ", "))"
            }
        return Diagnostic(.error, "the manifest lacks \"\(name)\"", at: range, help: [help])
    }

    static func unsupportedVersion(_ version: String?, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, version.map { "unsupported apiVersion \"\($0)\"" } ?? "\"apiVersion\" takes a string", at: range,
            help: ["write \"apiVersion: \(Envelope.apiVersion)\""])
    }

    static func unknownKind(_ name: String?, at range: SourceRange, kinds: [KindName]) -> Diagnostic {
        let names = kinds.map(\.rawValue)
        let suggestion = name.map { Diagnostic.suggestion(for: $0, among: names) } ?? []
        return Diagnostic(
            .error, name.map { "unknown kind \"\($0)\"" } ?? "\"kind\" takes a string", at: range,
            help: suggestion.isEmpty ? ["the kinds are \(names.joined(separator: ", "))"] : suggestion)
    }

    static func duplicateAddress(_ address: ResourceAddress, at range: SourceRange, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "there are two resources \(address)", at: range,
            related: [Related("first declared here", at: first)], help: ["give one of them another name"])
    }

    static func duplicateCloudName(
        _ resource: DesiredResource, nameField: String, at range: SourceRange, first: DesiredResource
    ) -> Diagnostic {
        let both = "\(resource.address.words) and \(first.address.words)"
        return Diagnostic(
            .error, "\(both) have the same name in the cloud, \"\(resource.cloudName)\"", at: range,
            related: [
                Related("the name is used here", at: first.source.range(of: AttributePath([.member(nameField)])))
            ],
            help: ["give one of them another name"])
    }
}
