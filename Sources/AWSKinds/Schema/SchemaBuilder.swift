import AWSModel
import ResourceModel

/// Makes the fields of a kind from the input of the calls that make and change it, and the kind's overlay.
///
/// The model of AWS gives names, types, required members, allowed values and limits. A string whose name ends in `Arn`
/// or `Id` is a reference and loses that ending. A list of tags becomes a map.
struct SchemaBuilder {
    let service: ServiceModel
    /// The calls that set tags and take them away, as they are counted: `ecs:TagResource`, `ecs:UntagResource`.
    let tagCalls: ElementCalls
    let overlay: [String: FieldOverlay]

    /// The members of an operation's input; all of them, or those named.
    func fields(of operation: String, only names: [String]? = nil) -> [Field] {
        guard let structure = service.operation(operation)?.input?.structure else {
            preconditionFailure("\(service.id) has no operation \(operation) with an input")
        }
        let members = structure.members.filter { names?.contains($0.name) ?? true }
        precondition(names.map { $0.count == members.count } ?? true, "\(operation) lacks one of \(names ?? [])")
        return members.compactMap { field($0, at: "", around: Surroundings(isTop: true)) }
    }

    /// The paths of the overlay that are no member of any of these operations: a misspelt one would be ignored.
    func unknownPaths(of operations: [String]) -> [String] {
        let inputs = operations.compactMap { service.operation($0)?.input?.structure }
        return overlay.keys.filter { path in !inputs.contains { $0.hasMember(at: path.split(separator: ".")) } }
            .sorted()
    }

    /// What a field takes from the field it is in.
    private struct Surroundings {
        var isTop = false
        var effect: ChangeEffect = .inPlace
        var updateCall: String?
    }

    private func field(_ member: Member, at prefix: String, around: Surroundings) -> Field? {
        let path = prefix + member.name.lowerCamelCased
        let overlay = overlay[path] ?? FieldOverlay()
        guard !overlay.isLeftOut else { return nil }
        let isTags = around.isTop && member.isTags
        var inner = around
        inner.isTop = false
        inner.effect = overlay.effect ?? around.effect
        inner.updateCall = overlay.updateCall ?? (isTags ? tagCalls.add : around.updateCall)
        let isIdentifier = overlay.name == nil && overlay.reference == nil && member.namesIdentifier
        return Field(
            overlay.name ?? (isIdentifier ? member.nameWithoutIdentifierSuffix : member.name.lowerCamelCased),
            isIdentifier ? .reference(.identifier) : type(of: member.shape, overlay, at: path + ".", inner),
            providerName: member.name,
            isRequired: overlay.isRequired ?? (member.isRequired && overlay.impliedValue == nil),
            defaultValue: overlay.defaultValue, effect: inner.effect, effectWhenUnset: overlay.effectWhenUnset,
            movesTraffic: overlay.movesTraffic, isSecret: overlay.isSecret, isLocal: overlay.isLocal,
            impliedValue: overlay.impliedValue, isSharedWithOthers: overlay.isSharedWithOthers,
            updateCall: inner.updateCall, createCall: overlay.createCall,
            removalCall: isTags ? tagCalls.remove : nil, furtherElements: overlay.furtherElements,
            normalize: overlay.normalize, documentation: overlay.documentation)
    }

    private func type(
        of shape: Shape, _ overlay: FieldOverlay, at prefix: String, _ around: Surroundings
    ) -> ValueType {
        switch shape.kind {
        case .structure(let structure):
            .object(ObjectSchema(structure.members.compactMap { field($0, at: prefix, around: around) }))
        case .list where shape.isTags: .map(of: .string(StringRule()))
        case .list(let list):
            .list(
                ListRule(
                    of: type(of: list.element, overlay, at: prefix, around), comparison: overlay.comparison ?? .ordered,
                    count: list.limits.closed(from: 0)))
        case .map(let map): .map(of: type(of: map.value, FieldOverlay(), at: prefix, around))
        case .string(let text): overlay.reference.map { .reference($0) } ?? .string(text.rule)
        case .integer(let limits), .long(let limits): .integer(limits.closed(from: overlay.minimum))
        case .float(let limits), .double(let limits): .number(limits.closed)
        case .boolean: .boolean
        case .timestamp: .number(nil)
        case .blob: .string(StringRule())
        // A free document is written as a flat map: no field that can be declared has needed more.
        case .document: .map(of: .string(StringRule()))
        }
    }
}

extension ElementCalls {
    static let ecsTags = ElementCalls(add: "ecs:TagResource", remove: "ecs:UntagResource")
    static let elbTags = ElementCalls(add: "elbv2:AddTags", remove: "elbv2:RemoveTags")
}

extension ReferenceRule {
    /// The ARN, id or name of something that is not managed here.
    static let identifier = ReferenceRule(acceptsPlainNames: true)
    static let cluster = ReferenceRule(kinds: [.cluster])
    static let taskDefinition = ReferenceRule(kinds: [.taskDefinition])
    static let loadBalancer = ReferenceRule(kinds: [.loadBalancer])
    static let targetGroup = ReferenceRule(kinds: [.targetGroup])
    static let vpc = ReferenceRule(literalPrefixes: ["vpc-"], lookup: .vpc)
    static let subnets = ReferenceRule(literalPrefixes: ["subnet-"], lookup: .subnets)
    static let securityGroups = ReferenceRule(literalPrefixes: ["sg-"], lookup: .securityGroups)
}

extension String {
    /// `LoadBalancerArn` as a manifest has it: `loadBalancerArn`.
    var lowerCamelCased: String { prefix(1).lowercased() + dropFirst() }
}

extension Member {
    fileprivate var isTags: Bool { shape.isTags }

    fileprivate var namesIdentifier: Bool {
        guard case .string(let text) = shape.kind, text.values.isEmpty else { return false }
        return name.hasSuffix("Arn") || name.hasSuffix("Id")
    }

    fileprivate var nameWithoutIdentifierSuffix: String {
        String(name.lowerCamelCased.dropLast(name.hasSuffix("Arn") ? 3 : 2))
    }
}

extension Shape {
    fileprivate var isTags: Bool { name == "Tags" || name == "TagList" }
}

extension Shape.Structure {
    fileprivate func hasMember(at path: [Substring]) -> Bool {
        guard let name = path.first, let member = members.first(where: { $0.name.lowerCamelCased == name }) else {
            return false
        }
        guard path.count > 1 else { return true }
        let inner =
            switch member.shape.kind {
            case .list(let list): list.element.structure
            default: member.shape.structure
            }
        return inner?.hasMember(at: Array(path.dropFirst())) ?? false
    }
}

extension Shape.Text {
    fileprivate var rule: StringRule {
        StringRule(allowed: values, length: length.closed(from: 0), pattern: pattern)
    }
}

extension Shape.Limits<Int> {
    /// `nil` where there is no limit at all.
    fileprivate func closed(from lowest: Int) -> ClosedRange<Int> {
        (minimum ?? min(lowest, maximum ?? lowest))...(maximum ?? .max)
    }
}

extension Shape.Limits<Double> {
    fileprivate var closed: ClosedRange<Double>? {
        minimum == nil && maximum == nil ? nil : (minimum ?? -.infinity)...(maximum ?? .infinity)
    }
}
