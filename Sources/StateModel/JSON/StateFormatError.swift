package import AttributeTree
package import ResourceModel

/// A stored value does not have the form that this version writes.
package struct StateFormatError: Error, Hashable {
    /// Of the member that is missing or of another type.
    package var path: AttributePath
    package var expected: String

    package init(at path: AttributePath, expected: String) {
        self.path = path
        self.expected = expected
    }
}

extension StateFormatError: CustomStringConvertible {
    package var description: String { "\(path) is not \(expected)" }
}

/// Reads the members of a stored map, and knows which one is at fault.
package struct StateReader {
    package let value: AttributeValue
    package let path: AttributePath

    package init(_ value: AttributeValue, at path: AttributePath = .root) {
        self.value = value
        self.path = path
    }

    package func string(_ name: String) throws(StateFormatError) -> String {
        guard let text = value[name]?.stringValue else { throw error(name, "a string") }
        return text
    }

    /// What numbers or counts something; others are counted from it.
    package func integer(_ name: String) throws(StateFormatError) -> Int {
        guard let number = value[name]?.intValue, RecordedState.numbers.contains(number) else {
            throw error(name, "a whole number from 0")
        }
        return number
    }

    /// A time since 1970, or a length of time, that can be written as a date.
    package func seconds(_ name: String) throws(StateFormatError) -> Double {
        guard let number = value[name]?.doubleValue, RecordedState.times.contains(number) else {
            throw error(name, "a number of seconds")
        }
        return number
    }

    package func bool(_ name: String) throws(StateFormatError) -> Bool {
        guard let bool = value[name]?.boolValue else { throw error(name, "a boolean") }
        return bool
    }

    package func any(_ name: String) throws(StateFormatError) -> AttributeValue {
        guard let member = value[name] else { throw error(name, "there") }
        return member
    }

    package func address(_ name: String) throws(StateFormatError) -> ResourceAddress {
        guard let address = ResourceAddress(try string(name)) else { throw error(name, "an address") }
        return address
    }

    package func addresses(_ name: String) throws(StateFormatError) -> [ResourceAddress] {
        var addresses: [ResourceAddress] = []
        for element in try list(name) {
            guard let address = element.value.stringValue.flatMap(ResourceAddress.init) else {
                throw StateFormatError(at: element.path, expected: "an address")
            }
            addresses.append(address)
        }
        return addresses
    }

    package func map(_ name: String) throws(StateFormatError) -> [String: AttributeValue] {
        guard let members = value[name]?.mapValue else { throw error(name, "a map") }
        return members
    }

    package func strings(_ name: String) throws(StateFormatError) -> [String: String] {
        var strings: [String: String] = [:]
        for (key, member) in try map(name) {
            guard let text = member.stringValue else {
                throw StateFormatError(at: path.member(name).member(key), expected: "a string")
            }
            strings[key] = text
        }
        return strings
    }

    package func word<Word: RawRepresentable<String>>(_ name: String) throws(StateFormatError) -> Word {
        guard let word = Word(rawValue: try string(name)) else {
            throw error(name, "a word that this version knows")
        }
        return word
    }

    package func list(_ name: String) throws(StateFormatError) -> [StateReader] {
        guard let elements = value[name]?.listValue else { throw error(name, "a list") }
        return elements.enumerated().map { StateReader($1, at: path.member(name).index($0)) }
    }

    /// A member that may be absent.
    package func optional(_ name: String) -> StateReader? {
        value[name].map { StateReader($0, at: path.member(name)) }
    }

    private func error(_ name: String, _ expected: String) -> StateFormatError {
        StateFormatError(at: path.member(name), expected: expected)
    }
}
