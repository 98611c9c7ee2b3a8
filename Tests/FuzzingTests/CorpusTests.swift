import Foundation
import Fuzzing
import TestSupport
import Testing

/// What the fuzzers are started with, and everything they have ever found, goes through what they run.
@Suite(.tags(.small))
struct CorpusTests {
    private static let corpora = TestData.projectDirectory.appending(path: "Tests/Fuzzing/Corpora")

    @Test(arguments: FuzzTarget.allCases)
    func whatHasToHoldHoldsForEveryInputThatIsKept(target: FuzzTarget) throws {
        let inputs = try FileManager.default.contentsOfDirectory(
            at: Self.corpora.appending(path: target.rawValue), includingPropertiesForKeys: nil)
        #expect(!inputs.isEmpty)
        for input in inputs {
            let bytes = [UInt8](try Data(contentsOf: input))
            #expect(throws: Never.self, "\(input.lastPathComponent)") { try target.check(bytes) }
        }
    }

    @Test(arguments: [FuzzTarget.answers, .requests])
    func whatHasToHoldHoldsForEveryOperationWithEveryMember(target: FuzzTarget) {
        let seeds = target.seeds
        #expect(seeds.count > 50)
        for seed in seeds {
            #expect(throws: Never.self, "\(String(decoding: seed, as: UTF8.self))") { try target.check(seed) }
        }
    }
}
