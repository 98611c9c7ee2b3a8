import AWSModel

/// An operation, as the first line of an input names it, and the bytes that are meant for it.
struct NamedOperation {
    let service: ServiceModel
    let operation: OperationModel
    let body: [UInt8]

    private static let services = ServiceModel.all

    /// `service:Operation`; what names none stands for some operation all the same, so that little is tried in vain.
    init?(_ input: [UInt8]) {
        guard let end = input.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = String(decoding: input[..<end], as: UTF8.self).split(separator: ":", maxSplits: 1)
        let seed = input[..<end].reduce(0) { $0 &* 31 &+ Int($1) } & Int.max
        let service = Self.services.first { $0.id == words.first ?? "" } ?? Self.services[seed % Self.services.count]
        let named = words.count == 2 ? service.operation(String(words[1])) : nil
        let names = service.operations.keys.sorted()
        guard let operation = named ?? service.operation(names[seed % names.count]) else { return nil }
        self.service = service
        self.operation = operation
        body = Array(input[(end + 1)...])
    }
}
