import AttributeTree
import Diagnostics
import ResourceModel

/// Kinds shaped like those of the seed flow, small enough to be read beside a test.
enum MiniCatalog {
    static let catalog = KindCatalog([cluster, taskDefinition, loadBalancer, targetGroup, listener, service])

    private static let text = ValueType.string(StringRule())
    private static let words = PhaseWords(created: "Created", configured: "Configured", final: "Final")
    private static let tags = Field("tags", .map(of: text), updateCall: "tag")

    private static let cluster = kind(
        "Cluster", nameField: "clusterName",
        [
            Field("clusterName", text, effect: .replace),
            Field(
                "capacityProviders", .list(ListRule(of: text, comparison: .set)),
                updateCall: "ecs:PutClusterCapacityProviders"),
            Field(
                "settings",
                .list(
                    ListRule(
                        of: .object(ObjectSchema([Field("name", text), Field("value", text)])),
                        comparison: .keyed(by: "name")))),
            tags,
        ],
        KindVerbs(
            createCalls: ["ecs:CreateCluster"], updateCall: "ecs:UpdateCluster", deleteCalls: ["ecs:DeleteCluster"]))

    private static let container = ObjectSchema([
        Field("name", text, isRequired: true), Field("image", text), Field("workingDirectory", text),
        Field("essential", .boolean, defaultValue: true), Field("command", .list(ListRule(of: text))),
        Field(
            "environment",
            .list(
                ListRule(
                    of: .object(ObjectSchema([Field("name", text), Field("value", text)])),
                    comparison: .keyed(by: "name")))),
    ])

    private static let taskDefinition = kind(
        "TaskDefinition", nameField: "family",
        [
            Field("family", text, effect: .replace),
            Field("cpu", text, normalize: { $0 == "0.25 vCPU" ? "256" : $0 }),
            Field("networkMode", text, defaultValue: "bridge"),
            Field(
                "containerDefinitions", .list(ListRule(of: .object(container), comparison: .keyed(by: "name")))),
            Field("keepRevisions", .integer(0...100), isLocal: true),
        ],
        KindVerbs(
            create: .register, createCalls: ["ecs:RegisterTaskDefinition"],
            updateStyle: .newRevision(keepField: "keepRevisions", keep: 2), updateCall: "ecs:RegisterTaskDefinition",
            delete: .deregister, deleteCalls: ["ecs:DeregisterTaskDefinition"]))

    private static let loadBalancer = kind(
        "LoadBalancer",
        [
            Field("name", text, effect: .replace),
            Field("scheme", text, defaultValue: "internet-facing", effect: .replace),
            Field(
                "subnets",
                .list(
                    ListRule(
                        of: .reference(ReferenceRule(literalPrefixes: ["subnet-"], lookup: .subnets)),
                        comparison: .set)), updateCall: "elbv2:SetSubnets"),
            Field("attributes", .map(of: text), updateCall: "elbv2:ModifyLoadBalancerAttributes"), tags,
        ],
        KindVerbs(
            createCalls: ["elbv2:CreateLoadBalancer"], updateCall: "elbv2:ModifyLoadBalancer",
            deleteCalls: ["elbv2:DeleteLoadBalancer"], replaceOrder: .createFirst),
        replacementNotice: { balancer, identity in
            Diagnostic(.warning, "\(identity.id) changes its name", at: balancer.source.resource)
        })

    private static let targetGroup = kind(
        "TargetGroup",
        [
            Field("name", text, effect: .replace), Field("port", .integer(1...65535), effect: .replace),
            Field("protocol", text, defaultValue: "HTTP", effect: .replace),
            Field("healthCheckPath", text, defaultValue: "/"),
            Field("healthCheckIntervalSeconds", .integer(5...300), defaultValue: 30), tags,
        ],
        KindVerbs(
            createCalls: ["elbv2:CreateTargetGroup"], updateCall: "elbv2:ModifyTargetGroup",
            deleteCalls: ["elbv2:DeleteTargetGroup"], replaceOrder: .createFirst))

    private static let action = ObjectSchema([
        Field("type", text), Field("targetGroup", reference("TargetGroup")), Field("weight", .integer(0...999)),
    ])

    private static let listener = kind(
        "Listener",
        [
            Field("name", text, effect: .replace),
            Field("loadBalancer", reference("LoadBalancer"), effect: .replace),
            Field("port", .integer(1...65535)),
            Field("defaultActions", .list(ListRule(of: .object(action))), movesTraffic: true), tags,
        ],
        KindVerbs(
            create: .configure, createCalls: ["elbv2:CreateListener"], updateCall: "elbv2:ModifyListener",
            deleteCalls: ["elbv2:DeleteListener"], replaceOrder: .createFirst,
            summarize: { listener, _ in
                let groups = listener.references.compactMap(\.address).filter { $0.kind == "TargetGroup" }
                return "configure listener \(listener.address.name) to forward to "
                    + groups.map(\.description).joined(separator: ", ")
            }),
        handover: HandoverRule(.sends, of: ["TargetGroup"]) { desired, observed, replaced in
            let sent = observed["defaultActions"]?.listValue ?? []
            return both(in: "defaultActions", desired, replaced) { action, id in
                guard let id else { return action.but("weight", 0) }
                let weight = sent.first { $0["targetGroup"] == .string(id) }?["weight"]
                return action.but("targetGroup", .string(id)).but("weight", weight)
            }
        } clause: {
            "to know the new \($0.map(\.description).joined(separator: ", "))"
        }, claims: ["TargetGroup"])

    /// Each element that refers to what is replaced, once for each identifier of that and once for what takes its place;
    /// at most five.
    private static func both(
        in field: String, _ desired: AttributeValue, _ replaced: [String: [String]],
        _ change: (AttributeValue, String?) -> AttributeValue
    ) -> HandoverRule.Form {
        let all = (desired[field]?.listValue ?? []).flatMap { element -> [AttributeValue] in
            guard let ids = element["targetGroup"]?.stringValue.flatMap({ replaced[$0] }) else { return [element] }
            return ids.map { change(element, $0) } + [change(element, nil)]
        }
        return all.count > 5 ? .impossible("is full") : .attributes(desired.but(field, .list(all)))
    }

    private static let service = kind(
        "Service", nameField: "serviceName",
        [
            Field("serviceName", text, effect: .replace), Field("cluster", reference("Cluster"), effect: .replace),
            Field("taskDefinition", reference("TaskDefinition"), effect: .rollsTasks),
            Field("desiredCount", .integer(0...100), isSharedWithOthers: true),
            Field(
                "loadBalancers",
                .list(
                    ListRule(
                        of: .object(
                            ObjectSchema([
                                Field("targetGroup", reference("TargetGroup")),
                                Field("containerPort", .integer(1...65535)),
                            ])))), effect: .rollsTasks),
            Field(
                "deploymentConfiguration",
                .object(
                    ObjectSchema([
                        Field("maximumPercent", .integer(0...200), defaultValue: 200),
                        Field(
                            "deploymentCircuitBreaker",
                            .object(
                                ObjectSchema([
                                    Field("enable", .boolean, defaultValue: false),
                                    Field("rollback", .boolean, defaultValue: false),
                                ]))),
                    ]))),
            Field("password", text, isSecret: true), tags,
        ],
        KindVerbs(
            createCalls: ["ecs:CreateService"], updateCall: "ecs:UpdateService", deleteCalls: ["ecs:DeleteService"]),
        hidden: [
            HiddenDependency(
                sharing: "loadBalancers.targetGroup", through: ["Listener"],
                reason: "its target group must be reachable from a load balancer")
        ],
        handover: HandoverRule(.serves, of: ["TargetGroup"]) { desired, _, replaced in
            both(in: "loadBalancers", desired, replaced) { element, id in
                id.map { element.but("targetGroup", .string($0)) } ?? element
            }
        } clause: {
            "to use the new \($0.map(\.description).joined(separator: ", ")) too"
        },
        settling: [settling(.await), settling(.verify)])

    private static func settling(_ verb: StepVerb) -> SettlingStep {
        SettlingStep(verb: verb) { service, _ in
            guard let group = service.references.compactMap(\.address).first(where: { $0.kind == "TargetGroup" }) else {
                return ("", [])
            }
            let tasks = ResourceAddress(kind: "Tasks", name: service.address.name)
            return verb == .await
                ? ("await tasks registered and healthy in \(group)", [Milestone(tasks, is: .configured)])
                : ("verify that a request to \(service.address) is answered", [Milestone(tasks, is: .final)])
        }
    }

    private static func reference(_ kind: KindName) -> ValueType { .reference(ReferenceRule(kinds: [kind])) }

    private static func kind(
        _ kind: KindName, nameField: String = "name", _ fields: [Field], _ verbs: KindVerbs,
        hidden: [HiddenDependency] = [], handover: HandoverRule? = nil, claims: [KindName] = [],
        replacementNotice: (@Sendable (DesiredResource, ResourceIdentity) -> Diagnostic)? = nil,
        settling: [SettlingStep] = []
    ) -> KindDefinition {
        KindDefinition(
            schema: KindSchema(
                kind: kind, summary: "", spec: ObjectSchema(fields), nameField: nameField, nameRule: StringRule()),
            words: words, readyPhase: .created, verbs: verbs, hiddenDependencies: hidden,
            handover: handover, claims: claims, replacementNotice: replacementNotice, settling: settling)
    }
}

extension AttributeValue {
    func but(_ member: String, _ value: AttributeValue?) -> AttributeValue {
        var changed = self
        changed[member] = value
        return changed
    }
}
