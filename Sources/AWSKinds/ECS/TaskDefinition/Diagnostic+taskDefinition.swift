import Diagnostics
import ResourceModel

extension Diagnostic {
    static func fargateNetworkMode(_ definition: DesiredResource, mode: String, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "\(definition.words) is for Fargate and has the network mode \"\(mode)\"", at: range,
            help: ["write \"networkMode: awsvpc\", the only one that Fargate has"])
    }

    static func fargateSizeMissing(
        _ definition: DesiredResource, _ field: String, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error, "\(definition.words) is for Fargate and has no \"\(field)\"", at: range,
            help: ["write \"cpu\" and \"memory\", such as cpu: \"256\" and memory: \"512\""])
    }

    static func fargateCPU(_ definition: DesiredResource, _ cpu: String, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            .error, "Fargate has no tasks of \(cpu) CPU units", at: range,
            help: ["write one of \(TaskSize.fargateCPUs.map(String.init).joined(separator: ", "))"])
    }

    static func fargateMemory(
        _ definition: DesiredResource, _ memory: String, cpu: String, allowed: [Int], at range: SourceRange?
    ) -> Diagnostic {
        let words =
            allowed.count <= 3
            ? "one of \(allowed.map(String.init).joined(separator: ", "))"
            : "\(allowed.first ?? 0) to \(allowed.last ?? 0) in steps of \(allowed[1] - allowed[0])"
        return Diagnostic(
            .error, "Fargate has no tasks of \(cpu) CPU units with \(memory) MiB", at: range,
            help: ["with \(cpu) CPU units, write \(words)"])
    }

    static func unknownContainer(
        _ name: String, in definition: DesiredResource, _ names: [String], at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error, "\(definition.words) has no container \"\(name)\"", at: range,
            help: containerHelp(name, names))
    }

    static func containerHelp(_ name: String, _ names: [String]) -> [String] {
        let suggestion = suggestion(for: name, among: names)
        guard suggestion.isEmpty, !names.isEmpty else { return suggestion }
        return ["it has \(names.map { "\"\($0)\"" }.joined(separator: ", "))"]
    }

    static func hostPortDiffers(
        _ definition: DesiredResource, host: Int, container: Int, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error, "with the network mode \"awsvpc\" the host port \(host) must be the container port \(container)",
            at: range, help: ["leave \"hostPort\" out"])
    }
}
