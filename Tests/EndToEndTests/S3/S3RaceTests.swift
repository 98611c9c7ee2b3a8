import AttributeTree
import Foundation
import Synchronization
import TestBackends
import Testing

extension EndToEndTests {
    /// Twelve processes that all want to write the same state in S3.
    @Suite struct S3RaceTests {
        @Test(
            "Of twelve applies on moto, some killed or stopped under the lock, one writes at a time and none is lost",
            Moto.isInstalled())
        func moto() async throws {
            try await Moto.run { try await Race.run(on: $0.access) }
        }

        @Test(
            "Of twelve applies on ministack, some killed or stopped under the lock, one writes at a time and none is lost",
            Ministack.isInstalled())
        func ministack() async throws {
            try await Ministack.run(authenticating: true) { try await Race.run(on: $0.access) }
        }
    }
}

/// Every racer applies clusters of its own, one after the other, and tries again whenever another has had the lock.
private final class Race: Sendable {
    /// What becomes of a process that has the lock, in the order in which they get it.
    enum Fate: Sendable {
        case finishes
        case isKilled
        /// It stands still until another has the lock and has written, and then goes on as if nothing had happened.
        case standsStill
    }

    static let fates: [Fate] = [.standsStill, .isKilled, .finishes, .isKilled]
    static let racers = (1...12).map { "racer-\($0 < 10 ? "0" : "")\($0)" }

    let place: Workplace
    private let rounds = Rounds()
    private let results = Mutex(Results())

    init(_ place: Workplace) {
        self.place = place
    }

    static func clusters(of racer: String) -> [String] { ["a", "b", "c"].map { "\(racer)-\($0)" } }

    struct Results: Sendable {
        /// The process IDs of those that have had the lock, in their order.
        var holders: [Int] = []
        var finished: [String] = []
        var killed: [String] = []
        var overtaken: [String] = []
        /// Of whom those were told that came too late.
        var named: [Int] = []
    }

    static func run(on access: AWSAccess) async throws {
        let clusters = racers.flatMap(clusters).map { (kind: "Cluster", name: $0) }
        try await Workplace.withS3State(clusters, on: access) { place in
            var place = place
            place.reconcile.environment["RECONCILE_LOCK_LEASE"] = "4s"
            let race = Race(place)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for racer in racers { group.addTask { try await race.run(racer) } }
                try await group.waitForAll()
            }
            try await race.check()
        }
    }

    private func run(_ racer: String) async throws {
        do {
            var status = 75
            while status == 75 {
                let round = await rounds.number
                let outcome = try await attempt(racer)
                status = outcome.status
                if status == 75 {
                    try noteHolder(named: outcome.errors)
                    await rounds.wait(past: round)
                } else {
                    try await noteEnd(of: racer, outcome)
                }
            }
        } catch {
            // Nobody is to wait for one that will not come.
            await rounds.end()
            throw error
        }
        await rounds.begin()
    }

    private func noteEnd(of racer: String, _ outcome: Program.Outcome) async throws {
        switch outcome.status {
        case 0: results.withLock { $0.finished.append(racer) }
        case 128 + 9:
            results.withLock { $0.killed.append(racer) }
            try await leaseIsOver()
        default:
            let last = try outcome.events.last
            #expect(outcome.status == 1 && last?["outcome"] == "lockLost", "\(racer): \(outcome)")
            results.withLock { $0.overtaken.append(racer) }
        }
    }

    private func attempt(_ racer: String) async throws -> Program.Outcome {
        let isFirstStart = Mutex(true)
        let targets = Self.clusters(of: racer).flatMap { ["--target", "Cluster/\($0)"] }
        return try await place.reconcile(
            ["apply", "--yes", "--parallelism", "1", "-o", "json"] + targets
        ) { line, program in
            // A step is started when the apply is written down.
            let isFirst =
                try AttributeValue(json: line)["event"] == "started"
                && isFirstStart.withLock { first in
                    defer { first = false }
                    return first
                }
            guard isFirst else { return }
            let turn = results.withLock { results in
                results.holders.append(program.processID)
                return results.holders.count - 1
            }
            switch turn < Self.fates.count ? Self.fates[turn] : .finishes {
            case .finishes: break
            case .isKilled: try program.kill()
            case .standsStill: try await standStill(program)
            }
        }
    }

    private func standStill(_ program: Program.Running) async throws {
        try program.suspend()
        let before = try await lastApply()
        try await leaseIsOver()
        await rounds.begin()
        try await eventually("another's apply", within: .seconds(60)) { try await lastApply() > before }
        try program.wake()
    }

    private func leaseIsOver() async throws {
        try await eventually("the end of the lease", within: .seconds(60)) {
            let status = try await place.reconcile("lock", "status", "-o", "json").expect(status: 0)
            return try status.json["holder"] == .null
        }
    }

    private func lastApply() async throws -> Int {
        let history = try await place.reconcile("history", "-o", "json").expect(status: 0).json
        return history["applies"]?[0]?["id"]?.intValue ?? 0
    }

    private func noteHolder(named errors: String) throws {
        let number = errors.firstRange(of: ", process ").map { errors[$0.upperBound...].prefix(while: \.isNumber) }
        let processID = try #require(number.flatMap { Int($0) }, "it is told who has the lock: \(errors)")
        results.withLock { $0.named.append(processID) }
    }

    // MARK: Afterwards

    private func check() async throws {
        let results = results.withLock { $0 }
        #expect(results.killed.count == 2 && results.overtaken.count == 1, "\(results)")
        #expect(results.finished.count == 9, "\(results)")
        #expect(results.named.count >= 11, "all but the first were told")
        #expect(Set(results.named).isSubset(of: results.holders), "\(results)")

        let log = try await StateLogObjects(in: place, at: "race/production/log/")
        #expect(log.strangers == [], "every entry was written under the lock that was taken last")
        #expect(
            Set(results.finished.flatMap(Self.clusters)).isSubset(of: log.recorded),
            "what was said to be done is recorded")
        #expect(log.lastReport == log.recorded, "and nobody has worked with less than was recorded before")

        try await place.reconcile("apply", "--yes").expect(status: 0)
        try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
        let history = try await place.reconcile("history", "-o", "json").expect(status: 0).json
        let outcomes = history["applies"].strings("outcome")
        #expect(outcomes.count { $0 == "interrupted" } == 3, "\(outcomes)")
        #expect(outcomes.count { $0 == "succeeded" } == 10, "\(outcomes)")
        let clusters = try await place.aws("ecs", "list-clusters")["clusterArns"]?.listValue?.count
        #expect(clusters == Self.racers.count * 3)
    }
}

/// Has those that came too late try again, four at once, as all at once would take the machine from who has the lock.
private actor Rounds {
    private(set) var number = 0
    private var isOver = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func begin() {
        number += 1
        let next = waiting.prefix(isOver ? waiting.count : 4)
        waiting.removeFirst(next.count)
        for continuation in next { continuation.resume() }
    }

    func end() {
        isOver = true
        begin()
    }

    func wait(past round: Int) async {
        guard number == round, !isOver else { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}

/// The log of a state, as the AWS CLI finds it.
private struct StateLogObjects {
    /// The names of all resources that were recorded.
    private(set) var recorded: Set<String> = []
    /// Those that the last apply that ended has left behind.
    private(set) var lastReport: Set<String> = []
    /// Positions of entries that were written by who did not have the lock.
    private(set) var strangers: [Int] = []

    init(in place: Workplace, at prefix: String) async throws {
        let files = place.directory.appending(path: "log")
        try await place.aws(
            "s3", "cp", "--recursive", "--only-show-errors", "s3://\(Workplace.stateBucket)/\(prefix)", files.path)
        let names = try FileManager.default.contentsOfDirectory(atPath: files.path).sorted()
        var token: AttributeValue?
        for (index, name) in names.enumerated() {
            #expect(name == String(format: "%020d.json", index + 1))
            let entry = try AttributeValue(json: [UInt8](Data(contentsOf: files.appending(path: name))))
            if entry["locked"] != nil { token = entry["token"] }
            if entry["created"] == nil, entry["token"] != token { strangers.append(index + 1) }
            let events = entry["events"]?.listValue ?? []
            recorded.formUnion(events.compactMap { $0["recorded"]?["address"]?.stringValue }.map(Self.name))
            if let report = entry["report"]?["recorded"]?.listValue {
                lastReport = Set(report.compactMap { $0["address"]?.stringValue }.map(Self.name))
            }
        }
    }

    private static func name(_ address: String) -> String {
        String(address.drop { $0 != "/" }.dropFirst())
    }
}
