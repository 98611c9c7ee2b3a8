package import ResourceModel

/// Why a resource does not become what it should be, and what to do about it: one cause and one remedy.
package struct Explanation: Sendable, Equatable {
    package var address: ResourceAddress
    /// The cause in one word, for programs: `image-not-found`.
    package var cause: String
    package var sentence: String
    package var remedy: String
    /// What the cause rests on, a line each: AWS's own words, and the last lines of a log.
    package var evidence: [String]

    package init(address: ResourceAddress, cause: String, sentence: String, remedy: String, evidence: [String]) {
        self.address = address
        self.cause = cause
        self.sentence = sentence
        self.remedy = remedy
        self.evidence = evidence
    }
}
