/// A member of a structure, and what it is called on the wire.
///
/// It refers to its shape without owning the model: keep the ``ServiceModel``, or any ``Shape`` of it, as long as the
/// member is used. The services of ``ServiceModel`` live as long as the process.
package struct Member: Sendable {
    package struct Traits: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let required = Traits(rawValue: 1)
        package static let deprecated = Traits(rawValue: 2)
        /// The request is done once for each value of this member, however often it is sent.
        package static let idempotencyToken = Traits(rawValue: 4)
        /// A list or map whose elements stand beside the other members, without an element around them.
        package static let flattened = Traits(rawValue: 8)
    }

    package let name: String
    package let traits: Traits
    private let reference: ShapeReference
    private let locationName: String?
    private let explicitQueryName: String?

    init(
        _ name: String, _ reference: ShapeReference, traits: Traits = [],
        locationName: String? = nil, queryName: String? = nil
    ) {
        self.name = name
        self.reference = reference
        self.traits = traits
        self.locationName = locationName
        self.explicitQueryName = queryName
    }

    package var shape: Shape { reference.shape }
    package var isRequired: Bool { traits.contains(.required) }
    package var isDeprecated: Bool { traits.contains(.deprecated) }
    package var isIdempotencyToken: Bool { traits.contains(.idempotencyToken) }
    package var isFlattened: Bool { traits.contains(.flattened) }

    /// The element that holds it in an XML answer.
    package var xmlName: String { locationName ?? name }

    /// The name of its parameter in a request of the query protocols. EC2 writes it with a capital, unless its model
    /// names the parameter itself.
    package func queryName(in wireProtocol: WireProtocol) -> String {
        switch wireProtocol {
        case .awsJSON1_1, .awsQuery: xmlName
        case .ec2Query: explicitQueryName ?? xmlName.prefix(1).uppercased() + xmlName.dropFirst()
        }
    }
}
