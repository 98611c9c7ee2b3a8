/// A service of AWS as data: its operations and shapes, and what has to be known to speak to it.
@dynamicMemberLookup
package struct ServiceModel: Sendable {
    /// What the wire needs to know of a service, whatever the operation.
    package struct Metadata: Sendable {
        /// Our name for the service, as in `ecs` and `elbv2`.
        package var id: String
        /// The first label of its host name.
        package var endpointPrefix: String
        /// The service's name in the scope of a signature.
        package var signingName: String
        package var apiVersion: String
        package var wireProtocol: WireProtocol
        /// What stands before the operation in `X-Amz-Target`, in the JSON protocol.
        package var targetPrefix: String?
        package var xmlNamespace: String?
        /// The host of a service that has one endpoint for all regions.
        package var globalEndpoint: String?

        package init(
            id: String, endpointPrefix: String, signingName: String, apiVersion: String, wireProtocol: WireProtocol,
            targetPrefix: String? = nil, xmlNamespace: String? = nil, globalEndpoint: String? = nil
        ) {
            self.id = id
            self.endpointPrefix = endpointPrefix
            self.signingName = signingName
            self.apiVersion = apiVersion
            self.wireProtocol = wireProtocol
            self.targetPrefix = targetPrefix
            self.xmlNamespace = xmlNamespace
            self.globalEndpoint = globalEndpoint
        }
    }

    package let metadata: Metadata
    package let operations: [String: OperationModel]
    let table: ShapeTable

    init(metadata: Metadata, operations: [OperationModel], table: ShapeTable) {
        self.metadata = metadata
        self.operations = Dictionary(operations.map { ($0.name, $0) }) { _, last in last }
        self.table = table
    }

    package subscript<Value>(dynamicMember path: KeyPath<Metadata, Value>) -> Value { metadata[keyPath: path] }

    package func operation(_ name: String) -> OperationModel? { operations[name] }

    package func shape(named name: String) -> Shape? { table.shape(named: name) }

    package var shapes: [Shape] { table.shapes }
}

/// How a service writes its requests and answers.
package enum WireProtocol: String, Sendable, Hashable, CaseIterable {
    case awsJSON1_1 = "awsJson1_1"
    case awsQuery
    case ec2Query
}
