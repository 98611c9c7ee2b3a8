/// One file in the format of `~/.aws/config` or `~/.aws/credentials`, read by the rules the SDKs of AWS share.
///
/// Sections that are not understood are left out with their properties; a line that is no property is an error.
package struct ProfileFile: Sendable, Hashable {
    /// Which of the two files it is: in `config`, a profile is `[profile name]`; in `credentials`, it is `[name]`.
    package enum Kind: Sendable, Hashable { case config, credentials }

    /// Lower-case names, with values as they are written; nested settings keep their lines.
    package typealias Properties = [String: String]

    package var profiles: [String: Properties] = [:]
    package var ssoSessions: [String: Properties] = [:]
    package var services: [String: Properties] = [:]

    package init() {}

    package init(_ text: String, kind: Kind, file: String) throws(ProfileFileError) {
        var parser = ProfileFileParser(kind: kind, file: file)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            try parser.read(line)
        }
        self = parser.finished()
    }

    /// The settings nested below a property, as in `s3 =` followed by indented lines.
    package static func nested(_ value: String) -> Properties {
        var properties: Properties = [:]
        for line in value.split(separator: "\n") {
            guard let (name, value) = line.splitAtEqualsSign() else { continue }
            properties[name.lowercased()] = value
        }
        return properties
    }
}

/// A line of a profile file that cannot be read.
package struct ProfileFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Problem: String, Sendable, Hashable {
        case unclosedSection = "Expected a ']' that ends the section name"
        case propertyOutsideOfSection = "Expected a profile definition before this property"
        case noEqualsSign = "Expected an '=' sign defining a property"
        case noName = "Property did not have a name"
        case noEqualsSignBelow = "Expected an '=' sign defining a sub-property"
        case noNameBelow = "Sub-property did not have a name"
        case continuationOfNothing = "Expected a property definition, found continuation"
        case notUTF8 = "Expected UTF-8 text"
    }

    package var file: String
    package var line: Int
    package var problem: Problem

    package init(file: String, line: Int, problem: Problem) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String { "\(file):\(line): \(problem.rawValue)" }
}

extension StringProtocol {
    /// The text without the blanks around it.
    func trimmed() -> String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    func splitAtEqualsSign() -> (name: String, value: String)? {
        guard let sign = firstIndex(of: "=") else { return nil }
        return (self[..<sign].trimmed(), self[index(after: sign)...].trimmed())
    }
}
