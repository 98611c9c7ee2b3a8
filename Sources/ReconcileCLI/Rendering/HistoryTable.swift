import AttributeTree
import ResourceModel
import StateModel

/// Past applies for people.
struct HistoryTable {
    var style: Style

    /// A line an apply, titles first.
    func lines(of applies: [PastApply]) -> [String] {
        let titles = ["ID", "WHEN", "WHO", "COMMIT", "COMMAND", "OUTCOME", "TIME", "CHANGES"]
        let rows = applies.map { apply in
            [
                String(apply.record.id), apply.when, apply.record.user, apply.commit, apply.record.command,
                apply.outcome, apply.time, apply.changes,
            ]
        }
        let widths = titles.indices.map { column in ([titles] + rows).map { $0[column].cells }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            // The last is as long as it is.
            zip(cells, widths.dropLast() + [0]).map { $0.padded(to: $1) }.joined(separator: "  ")
        }
        return [style(line(titles), .faint)]
            + zip(applies, rows).map { apply, row in
                var row = row
                row[5] = style(row[5].padded(to: widths[5]), apply.record.outcome.ink)
                return line(row)
            }
    }

    /// One apply: its head, its steps with what came of each, and how far every resource came.
    func lines(of apply: PastApply) -> [String] {
        let record = apply.record
        let commit = record.gitCommit.map { ", commit \($0)" } ?? ""
        var lines = [
            style("\(record.command) \(record.id)", .strong)
                + " by \(record.user), \(apply.when) UTC\(commit): "
                + style(apply.outcome, record.outcome.ink) + (apply.time.isEmpty ? "" : " after \(apply.time)"),
            "", style("Steps:", .strong),
        ]
        lines += stepLines(of: apply)
        guard let report = apply.report else {
            return lines + ["", "What came of it was not kept: it did not come to its end."]
        }
        lines += ["", style("Resources:", .strong)] + resourceLines(report.resources)
        return lines + report.explanations.flatMap { [""] + $0.lines(style) }
    }

    private func stepLines(of apply: PastApply) -> [String] {
        let steps = Dictionary((apply.report?.steps ?? []).map { ($0.id, $0) }) { first, _ in first }
        var shown: Set<String> = []
        return (apply.plan["steps"]?.listValue ?? []).flatMap { planned -> [String] in
            let id = planned["id"]?.stringValue ?? ""
            let address = planned["address"]?.stringValue ?? ""
            var lines = ["  \(steps[id].map { symbol($0.outcome) } ?? "·") \(id)\(note(steps[id]))"]
            if steps[id]?.isWait != true, shown.insert(address).inserted {
                lines += differences(of: address, in: apply.plan)
            }
            return lines
        }
    }

    private func differences(of address: String, in plan: AttributeValue) -> [String] {
        let change = plan["changes"]?.listValue?.first { $0["address"]?.stringValue == address }
        return (change?["differences"]?.listValue ?? []).map { difference in
            let from = text(difference["observed"] ?? .null)
            return "        \(difference["path"]?.stringValue ?? ""): \(from) → \(text(difference["desired"] ?? .null))"
        }
    }

    private func text(_ value: AttributeValue) -> String {
        switch value {
        case .null: "not set"
        case .string(let text): text.onOneLine
        case .bool, .int, .number, .list, .map: value.jsonText()
        }
    }

    private func note(_ step: ApplyReport.Step?) -> String {
        guard let step else { return "" }
        switch step.outcome {
        case .succeeded: return ""
        case .failed: return ": " + style(step.failure?.message ?? "failed", .red)
        case .blocked: return style(": not started, because of: \(step.blockedBy.joined(separator: ", "))", .faint)
        case .interrupted:
            return style(step.isWait ? ": not waited for" : ": not started, because of the interruption", .faint)
        }
    }

    private func resourceLines(_ resources: [ApplyReport.Resource]) -> [String] {
        let names = resources.map(\.address.description)
        let width = names.map(\.cells).max() ?? 0
        return zip(resources, names).map { resource, name in
            let words = resource.outcome.words.map { " (\($0))" } ?? ""
            return "  \(symbol(resource.outcome)) \(name.padded(to: width))  \(resource.state)\(words)"
        }
    }

    private func symbol(_ outcome: ApplyReport.Step.Outcome) -> String {
        switch outcome {
        case .succeeded: style("✓", .green)
        case .failed: style("✗", .red)
        case .blocked, .interrupted: style("·", .faint)
        }
    }

    private func symbol(_ outcome: ApplyReport.Resource.Outcome) -> String {
        switch outcome {
        case .succeeded, .deleted: style("✓", .green)
        case .failed: style("✗", .red)
        case .unsettled: style("…", .yellow)
        case .notStarted: style("·", .faint)
        }
    }
}

extension ApplyReport.Resource.Outcome {
    /// Beside its state, where that does not say all.
    fileprivate var words: String? {
        switch self {
        case .succeeded, .failed: nil
        case .notStarted: "nothing was done"
        case .unsettled: "not waited for"
        case .deleted: "deleted"
        }
    }
}

extension PastApply {
    /// In UTC, to the second.
    fileprivate var when: String {
        startedAt.replacing("T", with: " ").replacing("Z", with: "")
    }

    fileprivate var commit: String { String((record.gitCommit ?? "-").prefix(7)) }

    fileprivate var time: String {
        duration.map { Duration.seconds($0.rounded()).formattedBriefly } ?? ""
    }

    fileprivate var outcome: String {
        switch record.outcome {
        case .running: "running"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .rolledBack: "rolled back"
        case .deadline: "deadline"
        case .superseded: "superseded"
        case .interrupted: report == nil ? "cut off" : "interrupted"
        case .lockLost: "lock lost"
        }
    }

    /// `2 to create, 1 to update`.
    fileprivate var changes: String {
        let counts = ["create", "update", "replace", "delete"].compactMap { action -> String? in
            guard let count = plan["summary"]?[action]?.intValue, count > 0 else { return nil }
            return "\(count) to \(action)"
        }
        return counts.isEmpty ? "none" : counts.joined(separator: ", ")
    }
}

extension ApplyRecord.Outcome {
    fileprivate var ink: Style.Ink {
        switch self {
        case .succeeded: .green
        case .running, .interrupted: .yellow
        case .failed, .rolledBack, .deadline, .superseded, .lockLost: .red
        }
    }
}
