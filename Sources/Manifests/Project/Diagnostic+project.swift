import Diagnostics
import ResourceModel

extension Diagnostic {
    static func noProject() -> Diagnostic {
        Diagnostic(
            .error, "the manifests have no project", at: nil,
            help: [
                "add one, in a file of its own: {apiVersion: reconcile/v1, kind: Project, metadata: {name: hello}, "
                    + "spec: {environments: {local: {cloud: local}}}}"
            ])
    }

    static func secondProject(at range: SourceRange, first: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "there are two projects", at: range, related: [Related("the first is here", at: first)],
            help: ["keep the manifests of different projects in different directories"])
    }

    static func noEnvironments(at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "the project has no environments", at: range, help: ["add one: \"local: {cloud: local}\""])
    }

    static func badEnvironmentName(_ name: String, _ rule: StringRule, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "an environment cannot be named \"\(name)\"", at: range, help: rule.patternHelp)
    }

    static func badVariableName(_ name: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "a variable cannot be named \"\(name)\"", at: range,
            help: ["begin with a letter; go on with letters, digits, \"-\" and \"_\""])
    }

    static func noBucket(_ text: String, at range: SourceRange) -> Diagnostic {
        let bucket = text.dropFirst(StateLocation.s3Scheme.count).prefix { $0 != "/" }
        return Diagnostic(
            .error, "\"state\" cannot be \"\(text)\"", at: range,
            help: [
                bucket.isEmpty
                    ? "write a path, or \"s3://bucket/prefix\""
                    : "the name of a bucket has 3 to 63 lower-case letters, digits, hyphens and dots, with a letter or "
                        + "digit at either end"
            ])
    }

    static func onlyForAWS(_ member: String, environment: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\"\(member)\" means nothing for the environment \"\(environment)\", which is local", at: range,
            help: ["leave it out, or write \"cloud: aws\""])
    }

    static func onlyForLocal(_ member: String, environment: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\"\(member)\" means nothing for the environment \"\(environment)\", which is on AWS", at: range,
            help: ["leave it out, or write \"cloud: local\""])
    }

    static func remoteStateOfLocal(environment: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "the state of the environment \"\(environment)\", which is local, cannot be in S3", at: range,
            help: ["leave it out, or write a path"])
    }
}

// Which environment is meant.
extension Diagnostic {
    static func unknownDefault(_ name: String, at range: SourceRange?, environments: [String]) -> Diagnostic {
        Diagnostic(
            .error, "\"defaultEnvironment\" is the unknown environment \"\(name)\"", at: range,
            help: environmentHelp(name, environments))
    }

    static func unknownEnvironment(_ name: String, project: Project) -> Diagnostic {
        let names = project.environments.map(\.name)
        return Diagnostic(
            .error, "project \"\(project.name)\" has no environment \"\(name)\"", at: project.range,
            help: environmentHelp(name, names))
    }

    static func noEnvironmentSelected(project: Project) -> Diagnostic {
        Diagnostic(
            .error, "project \"\(project.name)\" has several environments and no default", at: project.range,
            help: [
                "choose one of \(list(project.environments.map(\.name))) with --env, or set \"defaultEnvironment\""
            ])
    }

    private static func environmentHelp(_ name: String, _ environments: [String]) -> [String] {
        let suggestion = Diagnostic.suggestion(for: name, among: environments)
        return suggestion.isEmpty ? ["its environments are \(list(environments))"] : suggestion
    }

    private static func list(_ names: [String]) -> String {
        names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}
