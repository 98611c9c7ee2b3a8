import Testing

@testable import TestSupport

struct SnapshotTests {
    @Test("A difference shows every line once, in its place")
    func difference() {
        let recorded = "plan\n  create a\n  create b\ndone"
        let text = "plan\n  create b\n  create c\ndone\n"
        #expect(
            Snapshot.difference(from: recorded, to: text) == """
                  plan
                -   create a
                    create b
                +   create c
                  done
                + \("")
                """)
    }

    @Test("A seed gives the same numbers on every machine: those of the reference implementation")
    func seededGenerator() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }
}
