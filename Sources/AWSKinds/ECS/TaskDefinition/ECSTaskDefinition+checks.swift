import AttributeTree
import Diagnostics
import ResourceModel

extension ECSTaskDefinition {
    static let checks: [@Sendable (DesiredResource, DesiredSet) -> [Diagnostic]] = [
        { definition, _ in isForFargate(definition.attributes) ? checkFargate(definition) : [] },
        { definition, _ in checkContainerOrder(definition) },
        { definition, _ in checkContainerCycle(definition) },
        { definition, _ in checkHostPorts(definition) },
    ]

    static func isForFargate(_ attributes: AttributeValue) -> Bool {
        (attributes["requiresCompatibilities"] ?? []).strings.contains("FARGATE")
    }

    static func networkMode(_ attributes: AttributeValue) -> String {
        attributes["networkMode"]?.stringValue ?? "bridge"
    }

    private static func checkFargate(_ definition: DesiredResource) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let mode = definition.attributes["networkMode"]?.stringValue
        if mode != "awsvpc" {
            diagnostics.append(
                .fargateNetworkMode(
                    definition, mode: mode,
                    at: definition.place(mode == nil ? .requiresCompatibilities : "networkMode")))
        }
        return diagnostics + checkFargateSize(definition)
    }

    private static func checkFargateSize(_ definition: DesiredResource) -> [Diagnostic] {
        let sizes = [("cpu", TaskSize.cpuUnits), ("memory", TaskSize.mebibytes)].map { name, normalize in
            definition.attributes[name].map { normalize($0).stringValue ?? "" }
        }
        guard let cpu = sizes[0], let memory = sizes[1] else {
            let missing = zip(["cpu", "memory"], sizes).filter { $1 == nil }.map(\.0)
            return [.fargateSizeMissing(definition, missing, at: definition.place(.requiresCompatibilities))]
        }
        guard let units = Int(cpu), let allowed = TaskSize.fargateMemory(forCPU: units) else {
            return [.fargateCPU(definition, cpu, at: definition.place("cpu"))]
        }
        guard let amount = Int(memory), allowed.contains(amount) else {
            return [.fargateMemory(definition, memory, cpu: cpu, allowed: allowed, at: definition.place("memory"))]
        }
        return []
    }

    private static func checkContainerOrder(_ definition: DesiredResource) -> [Diagnostic] {
        let containers = definition.elements("containerDefinitions")
        let names = containers.compactMap { $0.value["name"]?.stringValue }
        return containers.flatMap { path, container in
            (container["dependsOn"]?.listValue ?? []).enumerated().compactMap { index, dependency in
                guard let name = dependency["containerName"]?.stringValue, !names.contains(name) else { return nil }
                let place = path.member("dependsOn").index(index).member("containerName")
                return .unknownContainer(name, in: definition, names, at: definition.place(place))
            }
        }
    }

    private static func checkHostPorts(_ definition: DesiredResource) -> [Diagnostic] {
        guard networkMode(definition.attributes) == "awsvpc" else { return [] }
        return definition.elements("containerDefinitions").flatMap { path, container in
            (container["portMappings"]?.listValue ?? []).enumerated().compactMap { index, mapping in
                guard let host = mapping["hostPort"]?.intValue, let port = mapping["containerPort"]?.intValue,
                    host != 0, host != port
                else { return nil }
                let place = path.member("portMappings").index(index).member("hostPort")
                return .hostPortDiffers(definition, host: host, container: port, at: definition.place(place))
            }
        }
    }
}

extension AttributePath {
    fileprivate static let requiresCompatibilities: AttributePath = "requiresCompatibilities"
}
