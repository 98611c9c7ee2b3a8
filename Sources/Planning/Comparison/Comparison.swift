import AttributeTree
import ResourceModel

/// Desired, recorded and observed attributes of one resource, compared field by field.
///
/// The rules, in this order, for each field of the schema:
/// 1. what is for the reconciler alone is not compared;
/// 2. what the manifest has must be so, an absent observed value counting as the default;
/// 3. what the manifest does not have is left alone, unless it was recorded: then it goes back to its default;
///    where it has none and no call takes it back, it is left alone after all;
/// 4. inside a list element, and in a kind whose whole content is sent each time, absent means the default; but not for
///    what has a call of its own there.
struct Comparison {
    /// A difference, and whether the manifest says what was last applied.
    struct Finding: Sendable, Equatable {
        var difference: Difference
        var isDrift: Bool
    }

    /// The values at one path: normal forms, absent ones `nil`.
    struct Sides {
        var desired: AttributeValue?
        var recorded: AttributeValue?
        var observed: AttributeValue?
    }

    /// Where the comparison is.
    struct Context {
        var path: AttributePath
        var effect: ChangeEffect
        /// Rule 4 holds.
        var absentMeansDefault: Bool
        /// What is around these values was recorded, so that an absent recorded value means that none was applied.
        var isRecorded: Bool

        func member(_ field: Field, _ sides: Sides) -> Context {
            var inner = self
            inner.path = path.member(field.name)
            inner.effect = max(effect, sides.observed == nil ? field.effectWhenUnset ?? field.effect : field.effect)
            inner.absentMeansDefault = absentMeansDefault(for: field)
            return inner
        }

        func absentMeansDefault(for field: Field) -> Bool {
            absentMeansDefault && !(path.isRoot && field.updateCall != nil)
        }

        /// A field of the resource itself that stays what it is when a call does not mention it.
        var staysWhenAbsent: Bool { !absentMeansDefault && path.elements.count == 1 && effect < .replace }
    }

    let secrets: SecretDigest
    private(set) var findings: [Finding] = []

    init(secrets: SecretDigest) {
        self.secrets = secrets
    }

    /// - Parameter ignoring: top-level fields that are compared elsewhere: the name.
    mutating func compare(
        _ sides: Sides, by schema: ObjectSchema, absentMeansDefault: Bool, ignoring ignored: String? = nil
    ) {
        let context = Context(
            path: .root, effect: .inPlace, absentMeansDefault: absentMeansDefault, isRecorded: sides.recorded != nil)
        compareObject(sides, schema, context, ignoring: ignored)
    }

    mutating func compareObject(
        _ sides: Sides, _ schema: ObjectSchema, _ context: Context, ignoring ignored: String? = nil
    ) {
        if sides.desired == sides.observed { return }
        for field in schema.fields where !field.isLocal && field.name != ignored {
            let inner = Sides(
                desired: sides.desired?[field.name], recorded: sides.recorded?[field.name],
                observed: sides.observed?[field.name])
            if inner.desired == nil {
                if field.isSharedWithOthers || inner.observed == nil { continue }
                if inner.recorded == nil && !context.absentMeansDefault(for: field) { continue }
            }
            if field.isSecret {
                compareSecret(inner, context.member(field, inner))
            } else if inner.desired != inner.observed {
                compareField(inner, field, context.member(field, inner))
            }
        }
    }

    private mutating func compareField(_ sides: Sides, _ field: Field, _ context: Context) {
        let standard = field.defaultValue.map { value in field.normalize.map { $0(value) } ?? value }
        var sides = sides
        let wasRecorded = sides.recorded != nil
        if context.absentMeansDefault, context.isRecorded { sides.recorded = sides.recorded ?? standard }
        sides.desired = sides.desired ?? standard
        sides.observed = sides.observed ?? standard
        switch field.type {
        case .object(let schema):
            var inner = context
            inner.isRecorded = wasRecorded || context.isRecorded
            compareObject(sides.orEmpty(.map([:])), schema, inner)
        case .list(let rule): compareList(sides, rule, context)
        case .map: compareMap(sides, context)
        case .string, .integer, .number, .boolean, .reference:
            // Without a default, a value that no manifest ever had may be what the provider fills in.
            if sides.desired == nil, context.isRecorded && !wasRecorded || context.staysWhenAbsent { return }
            note(sides, context)
        }
    }

    /// The cloud may not tell a secret: then what was recorded decides.
    private mutating func compareSecret(_ sides: Sides, _ context: Context) {
        let digest = sides.desired.map(secrets.digest)
        let isDrift = digest != nil && digest == sides.recorded
        guard sides.observed == nil ? !isDrift : sides.desired != sides.observed else { return }
        let masked = Difference(
            path: context.path, recorded: sides.recorded.map { _ in SecretDigest.mask },
            observed: sides.observed.map { _ in SecretDigest.mask },
            desired: sides.desired.map { _ in SecretDigest.mask }, effect: context.effect)
        findings.append(Finding(difference: masked, isDrift: isDrift))
    }

    private mutating func compareMap(_ sides: Sides, _ context: Context) {
        let desired = sides.desired?.mapValue ?? [:]
        let recorded = sides.recorded?.mapValue ?? [:]
        let observed = sides.observed?.mapValue ?? [:]
        var names = Set(desired.keys).union(recorded.keys)
        if context.absentMeansDefault { names.formUnion(observed.keys.filter { !Owner.isTag($0) }) }
        for name in names.sorted() {
            var inner = context
            inner.path = context.path.member(name)
            note(Sides(desired: desired[name], recorded: recorded[name], observed: observed[name]), inner)
        }
    }

    /// Keeps a difference if there is one; nothing and an empty list or map are the same.
    ///
    /// - Parameter schema: of the object, or of the elements of the list, that is kept whole.
    mutating func note(_ sides: Sides, _ context: Context, masking schema: ObjectSchema? = nil) {
        guard !AttributeValue.areEquivalent(sides.desired, sides.observed) else { return }
        let shown = schema.map { schema in
            Sides(
                desired: sides.desired?.masked(by: schema), recorded: sides.recorded?.masked(by: schema),
                observed: sides.observed?.masked(by: schema))
        }
        let difference = Difference(
            path: context.path, recorded: (shown ?? sides).recorded, observed: (shown ?? sides).observed,
            desired: (shown ?? sides).desired, effect: context.effect)
        let isDrift = context.isRecorded && AttributeValue.areEquivalent(sides.desired, sides.recorded)
        findings.append(Finding(difference: difference, isDrift: isDrift))
    }
}

extension Comparison.Sides {
    /// The same with an empty value where there is none.
    func orEmpty(_ empty: AttributeValue) -> Self {
        Self(desired: desired ?? empty, recorded: recorded, observed: observed ?? empty)
    }
}

extension AttributeValue {
    /// Nothing, or an empty list or map: which mean the same.
    var isNothing: Bool {
        switch self {
        case .null: true
        case .list(let elements): elements.isEmpty
        case .map(let members): members.isEmpty
        case .bool, .int, .number, .string: false
        }
    }

    static func areEquivalent(_ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
        left == right || (left?.isNothing ?? true) && (right?.isNothing ?? true)
    }
}

extension Owner {
    /// The tags that say whose a resource is are nobody's to write in a manifest.
    static func isTag(_ name: String) -> Bool { name.hasPrefix("reconcile:") }
}
