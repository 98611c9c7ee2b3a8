import AttributeTree

/// The attributes that a kind of resource has: their keys, what they are at first, and what they may be.
struct AttributeSchema: Sendable {
    enum Values: Sendable {
        case flag
        case oneOf([String])
        case number(ClosedRange<Int>)
        /// Zero switches it off.
        case numberOrZero(ClosedRange<Int>)
        /// `off` switches it off.
        case numberOrOff(ClosedRange<Int>)
        case text
    }

    struct Entry: Sendable {
        var key: String
        var initial: String
        var values: Values

        init(_ key: String, _ initial: String, _ values: Values) {
            self.key = key
            self.initial = initial
            self.values = values
        }
    }

    /// As a message begins with it: `Target group`.
    let subject: String
    let entries: [Entry]

    func value(_ key: String, in settings: AttributeSettings) -> String {
        settings.values[key] ?? entries.first { $0.key == key }?.initial ?? ""
    }

    func isOn(_ key: String, in settings: AttributeSettings) -> Bool { value(key, in: settings) == "true" }

    func number(_ key: String, in settings: AttributeSettings) -> Int { Int(value(key, in: settings)) ?? 0 }

    /// All attributes, as the API lists them.
    func list(_ settings: AttributeSettings) -> AttributeValue {
        .list(
            entries.map { ["Key": .string($0.key), "Value": .string(value($0.key, in: settings))] })
    }

    /// Sets those that a list of the API names, and leaves the others as they are.
    func apply(_ list: AttributeValue?, to settings: inout AttributeSettings) throws(CloudFault) {
        var seen: Set<String> = []
        for attribute in list?.listValue ?? [] {
            let key = attribute["Key"]?.stringValue ?? ""
            let value = attribute["Value"]?.stringValue ?? ""
            guard let entry = entries.first(where: { $0.key == key }) else {
                throw .validation("\(subject) attribute key '\(key)' is not recognized")
            }
            guard seen.insert(key).inserted else {
                throw .validation("\(subject) attribute key '\(key)' cannot be specified more than once")
            }
            try entry.check(value)
            settings.values[key] = value
        }
    }
}

extension AttributeSchema.Entry {
    fileprivate func check(_ value: String) throws(CloudFault) {
        switch values {
        case .text: return
        case .flag: try check(value, isOneOf: ["true", "false"])
        case .oneOf(let allowed): try check(value, isOneOf: allowed)
        case .number(let range): try check(value, isIn: range, or: nil)
        case .numberOrZero(let range): try check(value, isIn: range, or: "0")
        case .numberOrOff(let range): try check(value, isIn: range, or: "off")
        }
    }

    private func check(_ value: String, isOneOf allowed: [String]) throws(CloudFault) {
        if allowed.contains(value) { return }
        throw .validation("'\(key)' value '\(value)' must be one of [\(allowed.joined(separator: ", "))]")
    }

    private func check(_ value: String, isIn range: ClosedRange<Int>, or other: String?) throws(CloudFault) {
        if value == other || Int(value).map(range.contains) ?? false { return }
        let alternative = other.map { "'\($0)' or " } ?? ""
        let bounds = "'\(range.lowerBound)-\(range.upperBound)'"
        throw .validation("'\(key)' value '\(value)' must be \(alternative)between \(bounds) inclusive")
    }
}
