import AttributeTree
import Reconciliation
import ResourceModel

/// What an update has to send: for each field that changes, what the manifest says, made whole.
///
/// AWS takes most members as a whole, while a manifest leaves alone what it does not mention. So the members of an
/// object that the manifest does not have are sent as they are observed, and those that it had before as their default.
struct ChangeTarget: Sendable {
    let request: UpdateRequest
    let schema: KindSchema
    let translator: Translator

    init(_ request: UpdateRequest, schema: KindSchema, translator: Translator) {
        self.request = request
        self.schema = schema
        self.translator = translator
    }

    /// The changed fields, by AWS's names for them.
    func input(except left: [String] = []) -> AttributeValue {
        var members: [String: AttributeValue] = [:]
        for name in request.fields where !left.contains(name) {
            guard let field = schema.spec[name], !field.isLocal else { continue }
            members[field.providerName] = whole(name)
        }
        return .map(members)
    }

    /// A field as it is to be, whether it changes or not, in AWS's form; `nil` when nothing can be said of it.
    func whole(_ name: String) -> AttributeValue? {
        guard let field = schema.spec[name] else { return nil }
        return value(
            of: field, desired: request.attributes[name], recorded: request.recorded[name],
            observed: request.observed[name]
        ).map { translator.input($0, field) }
    }

    private func value(
        of field: Field, desired: AttributeValue?, recorded: AttributeValue?, observed: AttributeValue?
    ) -> AttributeValue? {
        if let desired, !desired.isNull {
            guard case .object(let schema) = field.type, desired.mapValue != nil else { return desired }
            return object(schema, desired, recorded, observed)
        }
        return recorded == nil ? observed : field.defaultValue ?? field.type.emptied(observed)
    }

    private func object(
        _ schema: ObjectSchema, _ desired: AttributeValue, _ recorded: AttributeValue?, _ observed: AttributeValue?
    ) -> AttributeValue {
        var members: [String: AttributeValue] = [:]
        for field in schema.fields {
            members[field.name] = value(
                of: field, desired: desired[field.name], recorded: recorded?[field.name],
                observed: observed?[field.name])
        }
        return .map(members)
    }

    var tags: TagChanges {
        TagChanges(
            desired: request.attributes["tags"], recorded: request.recorded["tags"],
            observed: request.observed["tags"], owner: request.fields.isEmpty ? request.tags : nil)
    }
}

extension ValueType {
    /// What a field without a default is set to when the manifest no longer has it: an empty list or map where there is
    /// such a thing; of an object, the same for each member that is observed. `nil` when it cannot be taken back.
    fileprivate func emptied(_ observed: AttributeValue?) -> AttributeValue? {
        switch self {
        case .list: return []
        case .map: return [:]
        case .object(let schema):
            let members = schema.fields.compactMap { field in
                observed?[field.name].flatMap { field.defaultValue ?? field.type.emptied($0) }.map { (field.name, $0) }
            }
            return members.isEmpty ? nil : .map(Dictionary(members) { _, last in last })
        case .string, .integer, .number, .boolean, .reference: return nil
        }
    }
}

extension Translator {
    /// The tags a resource is made with: its owner's, and those of the manifest.
    func tags(_ request: CreateRequest, adding more: [String: String] = [:]) -> AttributeValue? {
        let written = (request.attributes["tags"]?.mapValue ?? [:]).compactMapValues(\.stringValue)
        let all = written.merging(request.tags) { $1 }.merging(more) { $1 }
        // AWS refuses an empty list.
        return all.isEmpty ? nil : list(of: all)
    }
}

extension AWSAccess {
    func changeECSTags(_ target: ChangeTarget) async throws {
        let arn = AttributeValue.string(target.request.identity.id)
        let changes = target.tags
        if !changes.remove.isEmpty {
            _ = try await ecs("UntagResource", ["resourceArn": arn, "tagKeys": .strings(changes.remove)])
        }
        if !changes.set.isEmpty {
            _ = try await ecs("TagResource", ["resourceArn": arn, "tags": Translator.ecs.list(of: changes.set)])
        }
    }

    func changeELBTags(_ target: ChangeTarget) async throws {
        let arns = AttributeValue.strings([target.request.identity.id])
        let changes = target.tags
        if !changes.remove.isEmpty {
            _ = try await elb("RemoveTags", ["ResourceArns": arns, "TagKeys": .strings(changes.remove)])
        }
        if !changes.set.isEmpty {
            _ = try await elb("AddTags", ["ResourceArns": arns, "Tags": Translator.elbv2.list(of: changes.set)])
        }
    }
}
