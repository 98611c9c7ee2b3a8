extension KindName {
    /// The name as a sentence has it: `target group`.
    package var words: String {
        var words = ""
        var last: Character?
        for character in rawValue {
            if character.isUppercase, let last, last.isLowercase { words.append(" ") }
            words += character.lowercased()
            last = character
        }
        return words
    }

    /// `a target group`, `an alarm`.
    package var wordsWithArticle: String {
        let words = words
        return (words.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + words
    }
}

extension ResourceAddress {
    /// What a sentence calls the resource: `target group "web"`.
    package var words: String { "\(kind.words) \"\(name)\"" }
}
