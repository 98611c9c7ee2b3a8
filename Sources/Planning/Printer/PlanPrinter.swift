import AttributeTree
package import ResourceModel

/// Writes a plan for people: from top to bottom in the order in which it will happen, each step with what it calls, why,
/// and what it means for what runs; then one line that counts.
package struct PlanPrinter: Sendable {
    package enum Style: Sendable, Hashable {
        case plain
        /// With ANSI colours.
        case coloured
    }

    package var style: Style

    package init(style: Style) {
        self.style = style
    }

    package func text(of plan: Plan, for owner: Owner) -> String {
        let summary = PlanSummary(plan.changes)
        guard !plan.changes.isEmpty else { return "Nothing to do: \(owner.words) has no resources.\n" }
        guard !plan.isEmpty else {
            return "Nothing to do: \(Self.count(summary.keep, "resource")) of \(owner.words) "
                + "\(summary.keep == 1 ? "is" : "are") as the manifests say.\n"
        }
        let changes = Dictionary(plan.changes.map { ($0.address, $0) }) { first, _ in first }
        let updated = Dictionary(plan.steps.map { ($0.address, $0.updatedFields) }, uniquingKeysWith: +)
        var lines = [bold("\(owner.words), \(Self.count(plan.steps.count, "step")) from top to bottom:"), ""]
        for step in plan.steps {
            lines += self.lines(
                of: step, isAdopted: changes[step.address]?.reasons.contains(where: \.isAdoption) ?? false)
            lines += step.notes.map { "          " + $0 }
            let differences = (changes[step.address]?.differences ?? []).filter {
                step.shows($0, andLater: updated[step.address] ?? [])
            }
            lines += differences.map(line(of:))
        }
        return (lines + ["", bold(Self.sentence(plan)), ""]).joined(separator: "\n")
    }

    private func lines(of step: Step, isAdopted: Bool) -> [String] {
        let impact = step.impactWords.map { "  " + colour(.yellow, "[\($0)]") } ?? ""
        let sign = step.sign
        let head = "  " + colour(sign.colour, sign.text) + " \(step.summary)\(impact)"
        let why = step.reasons.map { $0.sentence(isAdopted: isAdopted) }.joined(separator: "; ")
        let details = ([why] + [step.calls.joined(separator: ", ")]).filter { !$0.isEmpty }
        guard !details.isEmpty else { return [head] }
        return [head, "        " + dim("\(step.address): " + details.joined(separator: " · "))]
    }

    /// What differs between two moments, resource by resource.
    package func text(of differences: [RecordedDifference]) -> String {
        let lines = differences.flatMap { resource in
            let sign: (String, Colour) =
                switch resource.action {
                case .added: ("  +", .green)
                case .changed: ("  ~", .yellow)
                case .removed: ("  -", .red)
                }
            return ["  " + colour(sign.1, sign.0) + " \(resource.address)" + dim(Self.identityNote(resource))]
                + resource.differences.map(line(of:))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `  web:6 → web:7`, where it got another identity.
    private static func identityNote(_ resource: RecordedDifference) -> String {
        let identities = resource.identities
        guard let before = identities.before, let after = identities.after, before != after else { return "" }
        return "  " + [before, after].map { $0.split(separator: "/").last ?? "" }.joined(separator: " → ")
    }

    private func line(of difference: Difference) -> String {
        // The cloud may not tell a secret.
        let from = difference.observed ?? (difference.recorded == SecretDigest.mask ? SecretDigest.mask : nil)
        var line = "          \(difference.path): \(Self.value(from)) → \(Self.value(difference.desired))"
        if let recorded = difference.recorded, recorded != from, recorded != difference.desired {
            line += dim("  (recorded: \(Self.value(recorded)))")
        }
        return line
    }

    /// On one line; strings without quotes where that cannot be misread.
    private static func value(_ value: AttributeValue?) -> String {
        switch value {
        case nil, .null?: "not set"
        case .string(let text)? where !text.isEmpty && !text.contains { $0.isNewline || $0 == "→" }: text
        case let value?: shortened(value.jsonText())
        }
    }

    /// Whole structures are in the manifests, and in the plan for programs.
    private static func shortened(_ text: String) -> String {
        text.count <= longest ? text : text.prefix(longest) + "…"
    }

    private static let longest = 160

    private static func sentence(_ plan: Plan) -> String {
        let summary = plan.summary
        let steps = Dictionary(grouping: plan.steps, by: \.address)
        // What is kept may have steps all the same.
        let left = plan.changes.filter { $0.action == .keep }.map { (steps[$0.address] ?? []).leftWork }
        let counts = [
            (summary.create, "to create"), (summary.update, "to update"), (summary.replace, "to replace"),
            (summary.delete, "to delete"), (left.count { $0 == .adopt }, "to adopt"),
            (left.count { $0 == .wait }, "to wait for"), (left.count { $0 == .cleanUp }, "to clean up"),
            (left.count { $0 == nil }, "unchanged"),
        ]
        return "Plan: " + counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + "."
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    // MARK: Colours

    fileprivate enum Colour: Int {
        case red = 31
        case green = 32
        case yellow = 33
        case cyan = 36
    }

    private func colour(_ colour: Colour, _ text: String) -> String { escaped("\(colour.rawValue)", text) }
    private func bold(_ text: String) -> String { escaped("1", text) }
    private func dim(_ text: String) -> String { escaped("2", text) }

    private func escaped(_ code: String, _ text: String) -> String {
        switch style {
        case .plain: text
        case .coloured: "\u{1B}[\(code)m\(text)\u{1B}[0m"
        }
    }
}

/// What there is to do for a resource that stays as it is.
private enum LeftWork {
    case adopt, wait, cleanUp
}

extension [Step] {
    fileprivate var leftWork: LeftWork? {
        let kinds = map { step -> LeftWork? in
            switch step.work {
            case .adopt: .adopt
            case .reach: .wait
            case .delete, .forget: .cleanUp
            case .create, .update, .handOver: nil
            }
        }
        return [.adopt, .wait, .cleanUp].first { kinds.contains($0) }
    }
}

extension Owner {
    fileprivate var words: String { "\(project) in \(environment)" }
}

extension Step {
    /// Three characters that say what happens to the resource.
    fileprivate var sign: (text: String, colour: PlanPrinter.Colour) {
        switch work {
        case .create(_, let replaced):
            impact == .replace ? (replaced == nil ? "-/+" : "+/-", .yellow) : ("  +", .green)
        case .update, .handOver: ("  ~", .yellow)
        case .delete: ("  -", .red)
        case .adopt: ("  ↳", .cyan)
        case .forget: ("  ×", .red)
        case .reach: (id.verb == .verify ? "  ✓" : "  …", .cyan)
        }
    }

    fileprivate var impactWords: String? {
        let words: String? =
            switch (impact, work) {
            case (.none, _), (.inPlace, _): nil
            case (.rollsTasks, _): "tasks roll"
            case (.replace, .delete): "replaced: deleted first"
            case (.replace, _): "replaced"
            }
        let all = [words, movesTraffic ? "traffic moves" : nil].compactMap(\.self)
        return all.isEmpty ? nil : all.joined(separator: ", ")
    }

    /// Whether the step brings the resource from one value to the other.
    ///
    /// - Parameter later: the fields that are brought there by an update, to which a handover only leads.
    fileprivate func shows(_ difference: Difference, andLater later: [String]) -> Bool {
        let field = difference.path.fieldNames.first ?? ""
        return switch work {
        case .create: true
        case .update(let fields): fields.contains(field)
        case .handOver(let fields, _): fields.contains(field) && !later.contains(field)
        case .delete, .adopt, .reach, .forget: false
        }
    }

    fileprivate var updatedFields: [String] {
        if case .update(let fields) = work { fields } else { [] }
    }
}
