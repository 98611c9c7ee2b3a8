import AttributeTree
import ResourceModel

/// What AWS's service model does not say of a member: what it means to us.
///
/// A kind has one for each member that needs it, under the member's path in lowerCamelCase, without list positions:
/// `loadBalancers.targetGroupArn`. What an overlay leaves out comes from the model, or from the field around it.
struct FieldOverlay: Sendable {
    /// The name in a manifest, where it is not the one that ``SchemaBuilder`` makes.
    var name: String?
    /// What a string, or each string of a list, refers to.
    var reference: ReferenceRule?
    var isRequired: Bool?
    var defaultValue: AttributeValue?
    var effect: ChangeEffect?
    var effectWhenUnset: ChangeEffect?
    var movesTraffic: Bool
    var comparison: ListRule.Comparison?
    var isSecret: Bool
    var isLocal: Bool
    var impliedValue: AttributeValue?
    var isSharedWithOthers: Bool
    var updateCall: String?
    var createCall: String?
    var furtherElements: ElementCalls?
    var normalize: (@Sendable (AttributeValue) -> AttributeValue)?
    /// The least that a whole number may be, where AWS's description names none: a count or a size is not negative.
    var minimum: Int
    /// A manifest cannot have it.
    var isLeftOut: Bool
    var documentation: String

    init(
        name: String? = nil, reference: ReferenceRule? = nil, isRequired: Bool? = nil, default: AttributeValue? = nil,
        effect: ChangeEffect? = nil, effectWhenUnset: ChangeEffect? = nil, movesTraffic: Bool = false,
        comparison: ListRule.Comparison? = nil, isSecret: Bool = false, isLocal: Bool = false,
        implied: AttributeValue? = nil, isSharedWithOthers: Bool = false, updateCall: String? = nil,
        createCall: String? = nil, furtherElements: ElementCalls? = nil,
        normalize: (@Sendable (AttributeValue) -> AttributeValue)? = nil, minimum: Int = 0, isLeftOut: Bool = false,
        _ documentation: String = ""
    ) {
        self.name = name
        self.reference = reference
        self.isRequired = isRequired
        self.defaultValue = `default`
        self.effect = effect
        self.effectWhenUnset = effectWhenUnset
        self.movesTraffic = movesTraffic
        self.comparison = comparison
        self.isSecret = isSecret
        self.isLocal = isLocal
        self.impliedValue = implied
        self.isSharedWithOthers = isSharedWithOthers
        self.updateCall = updateCall
        self.createCall = createCall
        self.furtherElements = furtherElements
        self.normalize = normalize
        self.minimum = minimum
        self.isLeftOut = isLeftOut
        self.documentation = documentation
    }

    static let leftOut = FieldOverlay(isLeftOut: true)

    /// The member that takes the name in the cloud: it is sent from there, and a resource keeps its name.
    static func cloudName(_ documentation: String) -> FieldOverlay {
        FieldOverlay(isRequired: false, effect: .replace, isLocal: true, documentation)
    }

    static func `default`(_ value: AttributeValue) -> FieldOverlay { FieldOverlay(default: value) }
    static func keyed(by member: String) -> FieldOverlay { FieldOverlay(comparison: .keyed(by: member)) }
    static let set = FieldOverlay(comparison: .set)
}
