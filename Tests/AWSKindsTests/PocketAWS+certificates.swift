import AttributeTree

extension PocketAWS.World {
    /// The certificates of a listener: the default, with which it is made, and those that were added.
    mutating func certificates(_ operation: String, _ input: AttributeValue) -> AttributeValue {
        let listener = text(input, "ListenerArn")
        let named = (input["Certificates"]?.listValue ?? []).map { text($0, "CertificateArn") }
        var further = certificates[listener] ?? []
        switch operation {
        case "AddListenerCertificates": further += named
        case "RemoveListenerCertificates": further.removeAll(where: named.contains)
        default:
            let byDefault = (listeners[listener]?["Certificates"]?.listValue ?? []).map { $0.with(["IsDefault": true]) }
            let others = further.map { AttributeValue.map(["CertificateArn": .string($0), "IsDefault": false]) }
            return ["Certificates": .list(byDefault + others)]
        }
        certificates[listener] = further
        return [:]
    }
}
