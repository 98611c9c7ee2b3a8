package import AttributeTree

/// The fields of an object, in the order in which the reference lists them.
package struct ObjectSchema: Sendable {
    package let fields: [Field]
    /// Those a manifest must have.
    package let requiredFields: [Field]
    /// Those that are written in where a manifest does not have them.
    package let impliedFields: [Field]
    private let positions: [String: Int]

    package init(_ fields: [Field]) {
        self.fields = fields
        requiredFields = fields.filter(\.isRequired)
        impliedFields = fields.filter { $0.impliedValue != nil }
        positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
    }

    package subscript(name: String) -> Field? {
        positions[name].map { fields[$0] }
    }
}

/// One field of an object in a manifest.
package struct Field: Sendable {
    /// The name in a manifest: AWS's own in lowerCamelCase, without the suffix of an identifier it refers to.
    package var name: String
    /// The provider's name for it, where the two differ in more than the case of the first letter.
    package var providerName: String
    package var type: ValueType
    package var isRequired: Bool
    /// What the provider takes an absent field for, in comparisons; `nil` where absent means nothing, or is filled in
    /// by the provider in a way that cannot be known.
    package var defaultValue: AttributeValue?
    /// What a change to it does.
    package var effect: ChangeEffect
    /// What it does to set the field where the cloud has no value for it; `nil` where that is ``effect`` too.
    package var effectWhenUnset: ChangeEffect?
    /// A change to it sends requests elsewhere than before.
    package var movesTraffic: Bool
    /// The value must not be shown or stored.
    package var isSecret: Bool
    /// It is for the reconciler and is not sent.
    package var isLocal: Bool
    /// An absent field is written as this before planning, as `default` is for `vpc`.
    package var impliedValue: AttributeValue?
    /// When the manifest does not have it, it is not compared even after it was recorded: others change it.
    package var isSharedWithOthers: Bool
    /// The call that changes it in place, where it is not the kind's usual one: `ecs:PutClusterCapacityProviders`.
    package var updateCall: String?
    /// The call that sets it on a resource that was just made, where creation itself does not take it.
    package var createCall: String?
    /// The call that takes the field, or a member of it, away, where that is not the one that changes it.
    package var removalCall: String?
    /// The calls for the elements of a list after the first, where the usual one takes only that.
    package var furtherElements: ElementCalls?
    /// Brings forms that mean the same to one form: `"0.25 vCPU"` to `"256"`.
    package var normalize: (@Sendable (AttributeValue) -> AttributeValue)?
    /// One line; empty where the field is AWS's own and its reference says all.
    package var documentation: String

    package init(
        _ name: String, _ type: ValueType, providerName: String? = nil, isRequired: Bool = false,
        defaultValue: AttributeValue? = nil, effect: ChangeEffect = .inPlace, effectWhenUnset: ChangeEffect? = nil,
        movesTraffic: Bool = false, isSecret: Bool = false, isLocal: Bool = false,
        impliedValue: AttributeValue? = nil, isSharedWithOthers: Bool = false, updateCall: String? = nil,
        createCall: String? = nil, removalCall: String? = nil, furtherElements: ElementCalls? = nil,
        normalize: (@Sendable (AttributeValue) -> AttributeValue)? = nil, documentation: String = ""
    ) {
        self.name = name
        self.providerName = providerName ?? name
        self.type = type
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.effect = effect
        self.effectWhenUnset = effectWhenUnset
        self.movesTraffic = movesTraffic
        self.isSecret = isSecret
        self.isLocal = isLocal
        self.impliedValue = impliedValue
        self.isSharedWithOthers = isSharedWithOthers
        self.updateCall = updateCall
        self.createCall = createCall
        self.removalCall = removalCall
        self.furtherElements = furtherElements
        self.normalize = normalize
        self.documentation = documentation
    }
}

/// The calls that add elements to a list and take them away, one element or many.
package struct ElementCalls: Sendable, Hashable {
    package var add: String
    package var remove: String

    package init(add: String, remove: String) {
        self.add = add
        self.remove = remove
    }
}

/// What a change to a field does to what is running. Ordered: the greater effect of two is the one that is shown.
package enum ChangeEffect: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// The resource is changed where it stands.
    case inPlace
    /// The resource is changed where it stands, and its tasks are replaced by others.
    case rollsTasks
    /// The field cannot be changed: another resource takes this one's place.
    case replace

    package static func < (left: ChangeEffect, right: ChangeEffect) -> Bool { left.rawValue < right.rawValue }
}
