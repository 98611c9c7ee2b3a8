import Diagnostics
import Testing

@Suite struct DidYouMeanTests {
    private static let candidates = ["cluster", "targetGroup", "frontend", "FARGATE", "cpu", "port", "ports"]

    @Test(arguments: [
        // One mistake of each sort: left out, inserted, changed, swapped.
        ("clster", "cluster"), ("clusster", "cluster"), ("clustar", "cluster"), ("clutser", "cluster"),
        // A third of the word.
        ("frntnd", "frontend"), ("frontent", "frontend"), ("tragetgorup", "targetGroup"),
        // Upper and lower case count for nothing.
        ("fargate", "FARGATE"), ("TARGETGROUP", "targetGroup"), ("CPU", "cpu"),
        // The closer one, and of equals the first.
        ("porst", "port"), ("portss", "ports"), ("porz", "port"),
        // The beginning of one, and of no other.
        ("cp", "cpu"), ("front", "frontend"), ("far", "FARGATE"),
    ])
    func suggests(_ word: String, _ expected: String) {
        #expect(didYouMean(word, among: Self.candidates) == expected)
    }

    @Test(arguments: ["", "x", "c", "po", "web", "clxxxer", "loadBalancer", "frnd"])
    func suggestsNothing(for word: String) {
        #expect(didYouMean(word, among: Self.candidates) == nil)
    }

    @Test func `a suggestion is a help line, or none`() {
        #expect(Diagnostic.suggestion(for: "clutser", among: Self.candidates) == ["did you mean \"cluster\"?"])
        #expect(Diagnostic.suggestion(for: "web", among: Self.candidates) == [])
    }
}
