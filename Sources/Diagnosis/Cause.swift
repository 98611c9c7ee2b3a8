package import StateModel

/// One way in which a service does not come up: how it is recognised, and what is said of it.
package struct Cause: Sendable {
    /// In one word, for programs; never changed once it was released.
    package let code: String
    let sign: Sign
    let sentence: @Sendable (Seen) -> String
    let remedy: @Sendable (Seen) -> String

    init(
        _ code: String, _ sign: Sign, _ sentence: @escaping @Sendable (Seen) -> String,
        remedy: @escaping @Sendable (Seen) -> String
    ) {
        self.code = code
        self.sign = sign
        self.sentence = sentence
        self.remedy = remedy
    }

    /// All there are. The first one that is seen is the cause: what keeps a task from starting comes before what a task
    /// does, that before what its targets look like, and what follows from others comes last.
    package static let all = starting + running + placement + targets + deploying
}

/// How a cause is recognised.
enum Sign: Sendable {
    /// A stopped task, or one of its containers, gives a reason with all fragments of one of these lists, in any case.
    case stopped([[String]])
    /// A container of a stopped task ended with one of these.
    case exited(@Sendable (Int) -> Bool)
    case stopCode(String)
    /// Tasks were stopped because their targets answered with such a status; the targets themselves may be gone by now.
    case told(@Sendable (Int) -> Bool)
    /// It counts only in such evidence.
    indirect case only(@Sendable (Evidence) -> Bool, Sign)
    /// An event of the service has all fragments of one of these lists, in any case.
    case event([[String]])
    /// A target is in this state for this reason; with a status that its health check was answered with, where one is
    /// asked for.
    case target(reason: String, answered: @Sendable (Int) -> Bool = { _ in true })
    case situation(@Sendable (Evidence) -> [String])
    indirect case any([Sign])
    /// It counts only as long as fewer tasks run than should: what was replaced since keeps nothing from coming up.
    indirect case whileShort(Sign)
}

/// What was found of a cause.
struct Seen: Sendable {
    var evidence: Evidence
    /// The lines it rests on.
    var lines: [String]
    var task: Evidence.Task?
    var container: Evidence.Task.Container?
    var target: Evidence.Target?

    init(_ evidence: Evidence, lines: [String]) {
        self.evidence = evidence
        self.lines = lines
    }

    var containerName: String { container.map { "container \($0.name)" } ?? "a container" }
    var image: String { container?.image ?? task?.containers.compactMap(\.image).first ?? "its image" }
    /// The target group it is about: the target's, the one that a line names, or the first.
    var targetGroup: Evidence.TargetGroup? {
        let groups = evidence.targetGroups
        return groups.first { group in target?.group == group.arn || lines.contains { $0.contains(group.arn) } }
            ?? groups.first
    }
    var path: String { targetGroup?.path ?? "/" }
    /// The status in `Health checks failed with these codes: [404]`.
    var answered: Int? { target?.answered ?? lines.first?.answered }
}

extension String {
    /// The last number in brackets.
    fileprivate var answered: Int? {
        guard let open = lastIndex(of: "[") else { return nil }
        return Int(self[index(after: open)...].prefix { $0.isNumber })
    }
}

extension Evidence.Target {
    var answered: Int? { description?.answered }

    var line: String {
        let place = port.map { "\(id):\($0)" } ?? id
        return "target \(place) is \(state)" + [reason, description].compactMap(\.self).map { ": \($0)" }.joined()
    }
}

extension Sign {
    /// What is seen of it, if anything.
    func find(in evidence: Evidence) -> Seen? {
        switch self {
        case .stopped(let fragments): Self.stopped(fragments, evidence)
        case .exited(let isMeant): Self.exited(isMeant, evidence)
        case .stopCode(let code):
            evidence.stopped.first { $0.stopCode == code }.map { task in
                var seen = Seen(evidence, lines: [task.line])
                seen.task = task
                return seen
            }
        case .event(let fragments):
            evidence.events.first { $0.contains(oneOf: fragments) }.map { Seen(evidence, lines: [$0]) }
        case .told(let isMeant):
            evidence.events.first { event in
                event.contains(oneOf: [["is unhealthy", "with these codes"]]) && event.answered.map(isMeant) ?? false
            }.map { Seen(evidence, lines: [$0]) }
        case .target(let reason, let isMeant): Self.target(reason, isMeant, evidence)
        case .situation(let look):
            { $0.isEmpty ? nil : Seen(evidence, lines: $0) }(look(evidence))
        case .any(let signs): signs.lazy.compactMap { $0.find(in: evidence) }.first
        case .whileShort(let sign): evidence.running < evidence.desired ? sign.find(in: evidence) : nil
        case .only(let holds, let sign): holds(evidence) ? sign.find(in: evidence) : nil
        }
    }

    private static func stopped(_ fragments: [[String]], _ evidence: Evidence) -> Seen? {
        for task in evidence.stopped {
            let container = task.containers.first { $0.reason?.contains(oneOf: fragments) == true }
            guard container != nil || task.reason?.contains(oneOf: fragments) == true else { continue }
            // The task mostly repeats the reason of its container.
            let further = container.flatMap { $0.reason == task.reason ? nil : $0.line }
            var seen = Seen(evidence, lines: [task.line] + [further].compactMap(\.self))
            (seen.task, seen.container) = (task, container)
            return seen
        }
        return nil
    }

    private static func exited(_ isMeant: (Int) -> Bool, _ evidence: Evidence) -> Seen? {
        for task in evidence.stopped where task.endedByItself {
            guard let container = task.culprit, let code = container.exitCode, isMeant(code) else { continue }
            var seen = Seen(evidence, lines: [task.line, container.line])
            (seen.task, seen.container) = (task, container)
            return seen
        }
        return nil
    }

    private static func target(
        _ reason: String, _ isMeant: (Int) -> Bool, _ evidence: Evidence
    ) -> Seen? {
        // Within the grace period a task may still be starting. Without one, no clock that is behind AWS's makes it so.
        if evidence.gracePeriod > 0, let age = evidence.youngestTask, age < Double(evidence.gracePeriod) { return nil }
        let target = evidence.targets.first { target in
            target.reason == reason && target.state != "initial" && !target.isOfBefore
                && target.answered.map(isMeant) ?? true
        }
        return target.map { target in
            var seen = Seen(evidence, lines: [target.line])
            seen.target = target
            return seen
        }
    }
}

extension Evidence.Task {
    /// Nobody asked it to stop, and nobody took its machine away.
    var endedByItself: Bool { ["EssentialContainerExited", "TaskFailedToStart"].contains(stopCode) }

    /// The container whose end was the task's. The others are asked to end when it has ended, and do so with 0, with 143
    /// or, when they do not listen, with 137: what ended with another status goes before them.
    var culprit: Container? {
        containers.filter { $0.exitCode != nil && ($0.exitCode != 0 || $0.isEssential) }
            .min { $0.guilt < $1.guilt }
    }

    var line: String { "task \(id) stopped" + [stopCode, reason].compactMap(\.self).map { ": \($0)" }.joined() }
}

extension Evidence.Task.Container {
    /// The lower, the likelier it is what ended the task.
    fileprivate var guilt: Int {
        switch exitCode {
        case 137: reason == nil ? 1 : 0
        case 0: 2
        case 143: 3
        case nil: 4
        case .some: 0
        }
    }

    var line: String {
        "container \(name)" + (exitCode.map { " ended with \($0)" } ?? " did not run")
            + (reason.map { ": \($0)" } ?? "")
    }
}

extension String {
    /// Whether it has all fragments of one of the lists, whatever their case.
    func contains(oneOf lists: [[String]]) -> Bool {
        let text = lowercased()
        return lists.contains { $0.allSatisfy { text.contains($0.lowercased()) } }
    }
}

/// The first cause that is seen, with everything it rests on; `nil` when all is well, or merely takes its time.
package func explain(_ evidence: Evidence) -> Explanation? {
    guard !evidence.isHealthy else { return nil }
    for cause in Cause.all {
        guard let seen = cause.sign.find(in: evidence) else { continue }
        return Explanation(
            address: evidence.address, cause: cause.code, sentence: cause.sentence(seen), remedy: cause.remedy(seen),
            evidence: seen.lines + evidence.support(beside: seen.lines))
    }
    return nil
}

extension Evidence {
    /// What else is worth seeing: the deployment's own reason, the latest event, the end of the logs.
    fileprivate func support(beside lines: [String]) -> [String] {
        var support = [deployment?.reason, events.first].compactMap(\.self)
        for log in logs where !log.lines.isEmpty {
            support.append("the log of container \(log.container) ends with")
            support += log.lines.suffix(10).map { "  \($0)" }
        }
        support += unread
        return support.filter { !lines.contains($0) }
    }
}
