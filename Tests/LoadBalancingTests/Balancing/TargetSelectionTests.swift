import TestSupport
import Testing

@testable import LoadBalancing

/// Targets are single letters: capital ones are healthy, small ones unhealthy, those in parentheses new, those behind
/// a `-` draining.
private struct Group {
    var selection = TargetSelection(TargetGroupID("group"))
    var generator = SeededGenerator(seed: 1)
    var now = Duration.zero

    mutating func update(
        _ targets: String, algorithm: TargetGroupConfiguration.Algorithm = .roundRobin, slowStart: Duration = .zero,
        minimum: (count: Int, percentage: Int) = (1, 0)
    ) {
        var modes: [Target: TargetMode] = [:]
        var statuses: [Target: TargetStatus] = [:]
        for word in targets.split(separator: " ") {
            let letter = word.filter(\.isLetter)
            let target = Target(letter.uppercased(), 80)
            modes[target] = word.hasPrefix("-") ? .draining : .active
            let isHealthy = letter == letter.uppercased()
            statuses[target] = word.hasPrefix("(") ? .initial : isHealthy ? .healthy : .unhealthy(.timeout)
        }
        let configuration = TargetGroupConfiguration(
            targets: modes, healthCheck: HealthCheck(), algorithm: algorithm, slowStart: slowStart,
            minimumHealthyCount: minimum.count, minimumHealthyPercentage: minimum.percentage)
        selection.update(configuration, status: { statuses[$0] }, now: now)
    }

    /// The letters of the next targets; `.` where there is none.
    mutating func next(_ count: Int) -> String {
        let now = now
        return (0..<count).map { _ in
            selection.choose(now: { now }, using: &generator)?.address ?? "."
        }.joined()
    }

    mutating func finish(_ letters: String) {
        for letter in letters { selection.finished(Target(String(letter), 80)) }
    }
}

@Suite(.tags(.small))
struct TargetSelectionTests {
    @Test(
        "requests go to the healthy targets, to all active ones where none is healthy, and nowhere without any",
        arguments: [
            ("A B C", "ABCABC", false), ("A b C", "ACACAC", false), ("A (B)", "AAAAAA", false),
            ("A -B", "AAAAAA", false), ("a b", "ABABAB", true), ("(A) (B)", "ABABAB", true),
            ("a (B) -C", "ABABAB", true), ("-A", "......", false), ("", "......", false),
        ])
    func eligible(_ targets: String, _ chosen: String, _ isFailingOpen: Bool) {
        var group = Group()
        group.update(targets)
        #expect(group.next(6) == chosen)
        #expect(group.selection.isFailingOpen == isFailingOpen)
    }

    @Test(
        "where fewer are healthy than the minimum of either kind, all active targets receive requests",
        arguments: [
            ("A B c d", 2, 0, "ABABAB"), ("A b c d", 2, 0, "ABCDAB"), ("A B c d", 1, 50, "ABABAB"),
            ("A b c d", 1, 50, "ABCDAB"), ("A B c", 1, 67, "ABCABC"), ("A b -C", 1, 50, "AAAAAA"),
            ("A", 2, 0, "AAAAAA"), ("a b", 0, 0, "......"),
        ])
    func minimum(_ targets: String, _ count: Int, _ percentage: Int, _ chosen: String) {
        var group = Group()
        group.update(targets, minimum: (count, percentage))
        #expect(group.next(6) == chosen)
    }

    @Test("without a health check every active target counts as healthy")
    func noHealthCheck() {
        var selection = TargetSelection(TargetGroupID("group"))
        var generator = SeededGenerator(seed: 1)
        let target = Target("10.0.0.1", 80)
        selection.update(TargetGroupConfiguration(targets: [target: .active]), status: { _ in nil }, now: .zero)
        #expect(selection.choose(now: { .zero }, using: &generator) == target)
        #expect(!selection.isFailingOpen)
    }

    @Test("the turn goes on when targets come and go")
    func turn() {
        var group = Group()
        group.update("A B C")
        #expect(group.next(2) == "AB")
        group.update("A B C D")
        #expect(group.next(3) == "CDA")
        group.update("A B")
        #expect(group.next(3) == "BAB")
    }

    @Test("the least busy target is next, and of equally busy ones each in turn")
    func leastOutstanding() {
        var group = Group()
        group.update("A B C", algorithm: .leastOutstandingRequests)
        #expect(group.next(3).sorted() == ["A", "B", "C"])
        group.finish("B")
        #expect(group.next(1) == "B")
        group.finish("CC")
        #expect(group.selection.outstanding(Target("C", 80)) == 0)
        #expect(group.next(1) == "C")
        group.finish("ABC")
        #expect(Set(group.next(6)) == ["A", "B", "C"])
    }

    @Test("requests under way stay counted while a target drains, and are forgotten with it")
    func drainingIsCounted() {
        var group = Group()
        group.update("A B")
        #expect(group.next(4) == "ABAB")
        group.update("A -B")
        #expect(group.selection.outstanding(Target("B", 80)) == 2)
        group.finish("B")
        #expect(group.selection.outstanding(Target("B", 80)) == 1)
        group.update("A")
        group.finish("B")
        #expect(group.selection.outstanding(Target("B", 80)) == 0)
    }

    @Test("at random every target gets its share", arguments: UInt64(0)..<20)
    func random(seed: UInt64) {
        var group = Group(generator: SeededGenerator(seed: seed))
        group.update("A B C D", algorithm: .weightedRandom)
        let chosen = group.next(4000)
        for letter in "ABCD" {
            #expect((850...1150).contains(chosen.count { $0 == letter }))
        }
        #expect(!chosen.hasPrefix("ABCDABCDABCD"))
    }

    @Test("a sticky token brings back to its target as long as that one receives requests")
    func sticky() {
        var group = Group()
        let token = StickyToken(TargetGroupID("group"), Target("B", 80))
        group.update("A B")
        #expect(group.selection.choose(returningTo: token, now: { .zero }, using: &group.generator)?.address == "B")
        #expect(group.selection.choose(returningTo: token, now: { .zero }, using: &group.generator)?.address == "B")
        group.update("A b")
        #expect(group.selection.choose(returningTo: token, now: { .zero }, using: &group.generator)?.address == "A")
    }
}

@Suite(.tags(.small))
struct SlowStartTests {
    /// How many of the next 1000 requests each of the targets gets.
    private static func share(of letter: Character, in group: inout Group) -> Int {
        group.next(1000).count { $0 == letter }
    }

    @Test("the share of a target that joins healthy ones grows evenly to its full size")
    func grows() {
        var group = Group()
        group.update("A", slowStart: .seconds(100))
        group.update("A (B)", slowStart: .seconds(100))
        #expect(group.next(3) == "AAA")
        group.update("A B", slowStart: .seconds(100))
        #expect(Self.share(of: "B", in: &group) == 0)
        group.now = .seconds(25)
        // One request to B for every four of its turns, and so for every four to A.
        #expect((195...205).contains(Self.share(of: "B", in: &group)))
        group.now = .seconds(50)
        #expect((328...338).contains(Self.share(of: "B", in: &group)))
        group.now = .seconds(100)
        #expect((499...501).contains(Self.share(of: "B", in: &group)))
    }

    @Test("targets that come where none is healthy have their full share at once")
    func firstOnes() {
        var group = Group()
        group.update("(A) (B) (C)", slowStart: .seconds(100))
        group.update("A (B) (C)", slowStart: .seconds(100))
        group.update("A B C", slowStart: .seconds(100))
        #expect(group.next(6).sorted() == ["A", "A", "B", "B", "C", "C"])
    }

    @Test("a target that recovers grows again, and one for which the time is taken away is full at once")
    func again() {
        var group = Group()
        group.update("A B", slowStart: .seconds(100))
        group.update("A b", slowStart: .seconds(100))
        group.update("A B", slowStart: .seconds(100))
        #expect(Self.share(of: "B", in: &group) == 0)
        group.update("A B")
        #expect(Self.share(of: "B", in: &group) == 500)
    }

    @Test("where all that are healthy grow, they share the requests")
    func onlyGrowing() {
        var group = Group()
        group.update("A", slowStart: .seconds(100))
        group.update("A B C", slowStart: .seconds(100))
        group.update("a B C", slowStart: .seconds(100))
        #expect((450...550).contains(Self.share(of: "B", in: &group)))
    }
}
