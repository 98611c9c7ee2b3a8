/// Reads a profile file line by line.
struct ProfileFileParser {
    private enum Section {
        case none
        /// Its properties are left out.
        case ignored
        case profile(String)
        case ssoSession(String)
        case services(String)
    }

    private let kind: ProfileFile.Kind
    private let file: String
    private var lineNumber = 0
    private var section = Section.none
    /// The property that an indented line continues.
    private var property: String?
    private var result = ProfileFile()
    /// `[profile default]`, which takes the place of `[default]` in `config`.
    private var prefixedDefault: ProfileFile.Properties?

    init(kind: ProfileFile.Kind, file: String) {
        self.kind = kind
        self.file = file
    }

    func finished() -> ProfileFile {
        var result = result
        if let prefixedDefault { result.profiles["default"] = prefixedDefault }
        return result
    }

    mutating func read(_ line: Substring) throws(ProfileFileError) {
        lineNumber += 1
        let content = line.trimmed()
        guard !content.isEmpty else { return }
        if line.first?.isWhitespace == true {
            try readContinuation(content)
        } else if content.hasPrefix("#") || content.hasPrefix(";") {
            return
        } else if content.hasPrefix("[") {
            try readSection(content)
        } else {
            try readProperty(content)
        }
    }

    // MARK: Sections

    private mutating func readSection(_ line: String) throws(ProfileFileError) {
        property = nil
        guard let end = line.firstIndex(of: "]") else { throw error(.unclosedSection) }
        let words = line[..<end].dropFirst().trimmed()
            .split(maxSplits: 1, whereSeparator: \.isWhitespace).map { $0.trimmed() }
        section = section(named: words)
        switch section {
        case .profile(prefixedDefaultKey): prefixedDefault = prefixedDefault ?? [:]
        case .profile(let name): result.profiles[name] = result.profiles[name] ?? [:]
        case .ssoSession(let name): result.ssoSessions[name] = result.ssoSessions[name] ?? [:]
        case .services(let name): result.services[name] = result.services[name] ?? [:]
        case .none, .ignored: return
        }
    }

    private func section(named words: [String]) -> Section {
        guard let name = words.last, name.allSatisfy(isNameCharacter) else { return .ignored }
        switch (kind, words.count, words[0]) {
        case (.credentials, 1, _): return .profile(name)
        case (.config, 1, "default"): return .profile(name)
        case (.config, 2, "profile"): return .profile(name == "default" ? prefixedDefaultKey : name)
        case (.config, 2, "sso-session"): return .ssoSession(name)
        case (.config, 2, "services"): return .services(name)
        default: return .ignored
        }
    }

    // MARK: Properties

    private mutating func readProperty(_ line: String) throws(ProfileFileError) {
        switch section {
        case .none: throw error(.propertyOutsideOfSection)
        case .ignored: return
        case .profile, .ssoSession, .services: break
        }
        guard let (name, value) = line.splitAtEqualsSign() else { throw error(.noEqualsSign) }
        guard !name.isEmpty else { throw error(.noName) }
        property = name.lowercased()
        set(withoutComment(value), name.lowercased())
    }

    /// A line below a property without a value is a setting of its own; below another it continues the value.
    private mutating func readContinuation(_ line: String) throws(ProfileFileError) {
        if case .ignored = section { return }
        guard let property else { throw error(.continuationOfNothing) }
        let value = self.value(property) ?? ""
        if value.isEmpty || value.hasPrefix("\n") {
            guard let (name, _) = line.splitAtEqualsSign() else { throw error(.noEqualsSignBelow) }
            guard !name.isEmpty else { throw error(.noNameBelow) }
        }
        set(value + "\n" + line, property)
    }

    private func value(_ name: String) -> String? {
        switch section {
        case .none, .ignored: nil
        case .profile(prefixedDefaultKey): prefixedDefault?[name]
        case .profile(let profile): result.profiles[profile]?[name]
        case .ssoSession(let session): result.ssoSessions[session]?[name]
        case .services(let services): result.services[services]?[name]
        }
    }

    private mutating func set(_ value: String, _ name: String) {
        switch section {
        case .none, .ignored: return
        case .profile(prefixedDefaultKey): prefixedDefault?[name] = value
        case .profile(let profile): result.profiles[profile]?[name] = value
        case .ssoSession(let session): result.ssoSessions[session]?[name] = value
        case .services(let services): result.services[services]?[name] = value
        }
    }

    private func error(_ problem: ProfileFileError.Problem) -> ProfileFileError {
        ProfileFileError(file: file, line: lineNumber, problem: problem)
    }
}

/// No name of a profile has a blank in it.
private let prefixedDefaultKey = "profile default"

private func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-/.%@_:+".contains(character))
}

/// A comment in a line begins after a blank: `value # comment`, but `value# with a sign`.
private func withoutComment(_ value: String) -> String {
    var previous: Character = " "
    for index in value.indices {
        if previous.isWhitespace, value[index] == "#" || value[index] == ";" { return value[..<index].trimmed() }
        previous = value[index]
    }
    return value
}
