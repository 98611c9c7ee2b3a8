import AttributeTree
import TestSupport
import Testing

@testable import AWSModel

/// One suite of the protocol vectors: a small service, and calls or answers of it.
struct VectorSuite {
    var description: String
    var service: ServiceModel
    var cases: [VectorCase]

    static func load(_ file: String) throws -> [VectorSuite] {
        let suites = try AttributeValue(json: Array(TestData.load("protocols/\(file).json"))).listValue ?? []
        return suites.map { VectorSuite($0, wireProtocol: WireProtocol(rawValue: String(file.prefix { $0 != "-" }))) }
    }

    private init(_ json: AttributeValue, wireProtocol: WireProtocol?) {
        let metadata = ServiceModel.Metadata(
            id: "vectors", endpointPrefix: "vectors", signingName: "vectors",
            apiVersion: json["metadata"]?["apiVersion"]?.stringValue ?? "",
            wireProtocol: wireProtocol ?? .awsJSON1_1, targetPrefix: json["metadata"]?["targetPrefix"]?.stringValue)
        let shapes = json["shapes"]?.mapValue ?? [:]
        let table = ShapeTable { builder in
            for (name, shape) in shapes { builder.define(name, shape, all: shapes) }
        }
        let cases = (json["cases"]?.listValue ?? []).map { VectorCase($0) }
        description = json["description"]?.stringValue ?? ""
        let errors = shapes.filter { $0.value["exception"] == true }.keys.compactMap(table.shape(named:)).map {
            ErrorModel(shape: $0, code: nil, status: nil)
        }
        let operations = cases.map { $0.operation(of: metadata, in: table, errors: errors) }
        service = ServiceModel(metadata: metadata, operations: operations, table: table)
        self.cases = cases
        for index in self.cases.indices {
            self.cases[index].operation = operations[index]
            self.cases[index].table = table
        }
    }
}

/// One call or answer of the vectors.
struct VectorCase {
    var id: String
    var json: AttributeValue
    /// Cases of a suite may give operations of the same name other shapes, so each has its own.
    var operation: OperationModel?
    var table: ShapeTable?

    init(_ json: AttributeValue) {
        id = json["id"]?.stringValue ?? ""
        self.json = json
    }

    func operation(
        of metadata: ServiceModel.Metadata, in table: ShapeTable, errors: [ErrorModel]
    ) -> OperationModel {
        func shape(_ name: String) -> Shape? {
            json["given"]?[name]?["shape"]?.stringValue.flatMap(table.shape(named:))
        }
        return OperationModel(
            name: json["given"]?["name"]?.stringValue ?? "", service: metadata, input: shape("input"),
            output: shape("output"), resultWrapper: json["given"]?["output"]?["resultWrapper"]?.stringValue,
            errors: errors)
    }

    /// A service that has this operation alone.
    func service(_ operation: OperationModel) throws -> ServiceModel {
        try ServiceModel(metadata: operation.service, operations: [operation], table: #require(table))
    }

    var response: WireResponse {
        let headers = json["response"]?["headers"]?.mapValue ?? [:]
        return WireResponse(
            status: json["response"]?["status_code"]?.intValue ?? 0,
            headers: WireHeaders(headers.map { (name: $0.key, value: $0.value.stringValue ?? "") }),
            body: Array((json["response"]?["body"]?.stringValue ?? "").utf8))
    }
}

extension ShapeTable.Builder {
    /// Defines a shape from botocore's JSON for it.
    fileprivate mutating func define(
        _ name: String, _ shape: AttributeValue, all: [String: AttributeValue]
    ) {
        define(name, kind(of: shape, all: all))
    }

    private mutating func kind(of shape: AttributeValue, all: [String: AttributeValue]) -> Shape.Kind {
        switch shape["type"]?.stringValue {
        case "structure" where shape["document"] == true: .document
        case "structure": .structure(structure(shape, all: all))
        case "list":
            .list(
                .init(of: reference(shape["member"], all: all), itemName: shape["member"]?["locationName"]?.stringValue)
            )
        // One suite calls its map a string.
        case _ where shape["key"] != nil:
            .map(
                .init(
                    from: reference(shape["key"], all: all), to: reference(shape["value"], all: all),
                    keyName: shape["key"]?["locationName"]?.stringValue,
                    valueName: shape["value"]?["locationName"]?.stringValue))
        case "integer": .integer(.init())
        case "long": .long(.init())
        case "float": .float(.init())
        case "double": .double(.init())
        case "boolean": .boolean
        case "timestamp": .timestamp(shape["timestampFormat"]?.stringValue.flatMap(Timestamp.Format.init(rawValue:)))
        case "blob": .blob(.init())
        default: .string(.init())
        }
    }

    private mutating func structure(_ shape: AttributeValue, all: [String: AttributeValue]) -> Shape.Structure {
        let required = Set((shape["required"]?.listValue ?? []).compactMap(\.stringValue))
        let members = (shape["members"]?.mapValue ?? [:]).sorted { $0.key < $1.key }.map { name, member in
            var traits: Member.Traits = required.contains(name) ? [.required] : []
            if member["idempotencyToken"] == true { traits.insert(.idempotencyToken) }
            let target = all[member["shape"]?.stringValue ?? ""]
            if member["flattened"] == true || target?["flattened"] == true { traits.insert(.flattened) }
            return Member(
                name, reference(member, all: all), traits: traits, locationName: member["locationName"]?.stringValue,
                queryName: member["queryName"]?.stringValue)
        }
        return .init(members: members, isUnion: shape["union"] == true)
    }

    /// A member may give a time another format than its shape: that is another shape to us.
    private mutating func reference(_ member: AttributeValue?, all: [String: AttributeValue]) -> ShapeReference {
        let name = member?["shape"]?.stringValue ?? ""
        guard let format = member?["timestampFormat"]?.stringValue else { return reference(to: name) }
        define("\(name) as \(format)", .timestamp(Timestamp.Format(rawValue: format)))
        return reference(to: "\(name) as \(format)")
    }
}

extension AttributeValue {
    /// The vectors write blobs as plain text where the tree has Base64.
    func withBlobsInBase64(_ shape: Shape?) -> AttributeValue {
        switch (shape?.kind, self) {
        case (.blob, .string(let text)): .string(base64(text))
        case (.structure(let structure), .map(let members)):
            .map(
                Dictionary(
                    uniqueKeysWithValues: members.map { name, value in
                        (name, value.withBlobsInBase64(structure[name]?.shape))
                    }))
        case (.list(let list), .list(let elements)): .list(elements.map { $0.withBlobsInBase64(list.element) })
        case (.map(let map), .map(let members)): .map(members.mapValues { $0.withBlobsInBase64(map.value) })
        default: self
        }
    }
}

func base64(_ text: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: 3).map { start in
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        let digits = [18, 12, 6, 0].map { alphabet[bits >> $0 & 63] }
        return String(digits.prefix(group.count + 1)) + String(repeating: "=", count: 3 - group.count)
    }.joined()
}
