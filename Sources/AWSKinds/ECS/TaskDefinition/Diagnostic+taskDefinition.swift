import Diagnostics
import ResourceModel

extension Diagnostic {
    static func fargateNetworkMode(
        _ definition: DesiredResource, mode: String?, at range: SourceRange?
    ) -> Diagnostic {
        let has = mode.map { "the network mode \"\($0)\"" } ?? "no \"networkMode\", which then is \"bridge\""
        return Diagnostic(
            .error, "\(definition.words) is for Fargate and has \(has)", at: range,
            help: ["write \"networkMode: awsvpc\", the only one that Fargate has"])
    }

    static func fargateSizeMissing(
        _ definition: DesiredResource, _ fields: [String], at range: SourceRange?
    ) -> Diagnostic {
        let missing = fields.map { "no \"\($0)\"" }.joined(separator: " and ")
        return Diagnostic(
            .error, "\(definition.words) is for Fargate and has \(missing)", at: range,
            help: ["write \"cpu\" and \"memory\", such as cpu: \"256\" and memory: \"512\""])
    }

    static func fargateCPU(_ definition: DesiredResource, _ cpu: String, at range: SourceRange?) -> Diagnostic {
        let size = Int(cpu) == nil ? "\"\(cpu)\"" : "\(cpu) CPU units"
        return Diagnostic(
            .error, "Fargate has no tasks of \(size)", at: range,
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
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        return ["it has the \(names.count == 1 ? "container" : "containers") \(list)"]
    }

    static func hostPortDiffers(
        _ definition: DesiredResource, host: Int, container: Int, at range: SourceRange?
    ) -> Diagnostic {
        Diagnostic(
            .error, "with the network mode \"awsvpc\" the host port \(host) must be the container port \(container)",
            at: range, help: ["leave \"hostPort\" out"])
    }

    /// Containers that start after one another, from one of them back to it.
    static func containerCycle(
        _ names: [String], in definition: DesiredResource, places: [SourceRange?]
    ) -> Diagnostic {
        guard names.count > 1 else {
            return Diagnostic(
                .error, "container \"\(names[0])\" of \(definition.words) starts after itself", at: places[0],
                help: ["leave it out of its \"dependsOn\""])
        }
        let path = (names + [names[0]]).joined(separator: " → ")
        let followers = names.indices.dropFirst().map { index in
            Related("\"\(names[index])\" starts after \"\(names[(index + 1) % names.count])\"", at: places[index])
        }
        return Diagnostic(
            .error, "these containers of \(definition.words) wait for each other, so none of them starts: \(path)",
            at: places[0], related: followers, help: ["remove one of them from a \"dependsOn\""])
    }
}
