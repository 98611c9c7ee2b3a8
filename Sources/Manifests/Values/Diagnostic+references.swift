import Diagnostics
import ResourceModel

extension Diagnostic {
    /// A name that no resource of the right kinds has.
    static func unknownReference(
        _ reference: UnknownReference, at range: SourceRange, others: [(ResourceAddress, SourceRange?)]
    ) -> Diagnostic {
        let kinds = reference.rule.kinds.map(\.words).joined(separator: " or ")
        let oneOfThem = reference.rule.kinds.map(\.wordsWithArticle).joined(separator: " or ")
        var help = suggestion(for: reference.name, among: reference.names)
        if help.isEmpty {
            help = [
                reference.names.isEmpty
                    ? "declare \(oneOfThem) of this name, or write \(reference.rule.literalWords)"
                    : (reference.names.count == 1 ? "there is " : "there are ")
                        + reference.names.prefix(longestList).map { "\"\($0)\"" }.joined(separator: ", ")
            ]
        }
        return Diagnostic(
            .error, "\(reference.referrer) refers to unknown \(kinds) \"\(reference.name)\"", at: range,
            related: others.map { Related("\"\($0.name)\" is \($0.kind.wordsWithArticle)", at: $1) }, help: help)
    }

    struct UnknownReference {
        var name: String
        /// `service "web"`.
        var referrer: String
        var rule: ReferenceRule
        /// What could have been meant.
        var names: [String]
    }

    /// `TargetGroup/web` where `web` says it.
    static func referenceByAddress(
        _ address: ResourceAddress, from referrer: String, at range: SourceRange
    ) -> Diagnostic {
        Diagnostic(
            .error, "\(referrer) refers to \"\(address)\"; a reference is the name alone", at: range,
            help: ["write \"\(address.name)\""])
    }

    /// Neither a name nor a literal can be meant.
    static func notAnIdentifier(
        _ text: String, _ slot: Slot, _ rule: ReferenceRule, at range: SourceRange
    ) -> Diagnostic {
        let word = rule.lookup.map { " or the word \"\(Lookup($0).word)\"" } ?? ""
        return Diagnostic(
            .error, "\(slot.label) cannot be \(slot.shown(text))", at: range,
            help: ["write \(rule.literalWords)\(word)"])
    }

    static func lookupBesideOthers(_ word: String, _ slot: Slot, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            .error, "\(slot.label) has \"\(word)\" beside others; it stands for the whole list", at: range,
            help: ["write \"\(word)\" alone, or leave it out"])
    }
}
