package import AttributeTree

/// How a resource passes from something that is replaced to what takes its place while requests go on: through a form in
/// which it refers to both.
package struct HandoverRule: Sendable {
    /// What a resource does for the requests.
    package enum Part: Sendable, Hashable {
        /// It sends them on: first all of them to what is replaced, and at the end to what has taken its place.
        case sends
        /// It has them answered, by what is replaced and by what takes its place.
        case serves
    }

    package enum Form: Sendable, Equatable {
        /// The attributes in the form that refers to both, in the words of the manifest.
        case attributes(AttributeValue)
        /// There is no such form: why, as a clause about the resource: `can send requests to five target groups at most`.
        case impossible(String)
    }

    package var part: Part
    /// What may be replaced in this way: `TargetGroup`.
    package var kinds: [KindName]
    /// The form that refers to both.
    ///
    /// The arguments are the attributes as desired and as observed, and for the name of each resource that is replaced
    /// the identifiers it had, as far as they are observed.
    package var form: @Sendable (AttributeValue, AttributeValue, [String: [String]]) -> Form
    /// What the step that brings it there does, as a clause after `update listener http`: `to know …`.
    package var clause: @Sendable ([ResourceAddress]) -> String

    package init(
        _ part: Part, of kinds: [KindName],
        form: @escaping @Sendable (AttributeValue, AttributeValue, [String: [String]]) -> Form,
        clause: @escaping @Sendable ([ResourceAddress]) -> String
    ) {
        self.part = part
        self.kinds = kinds
        self.form = form
        self.clause = clause
    }
}
