/// The candidate the user most likely meant by a word that is none of them; `nil` if none is close.
///
/// Close means: apart from upper and lower case, at most a third of the word's characters inserted, left out, changed or
/// swapped with their neighbour. Of equally close candidates it is the first. Where none is, a word of two letters or more
/// is taken for the beginning of the one candidate that begins with it.
package func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased())
    var limit = letters.count / 3
    var best: String?
    for candidate in candidates {
        guard let distance = editDistance(letters, Array(candidate.lowercased()), atMost: limit) else { continue }
        best = candidate
        guard distance > 0 else { break }
        limit = distance - 1
    }
    return best ?? completion(of: word.lowercased(), among: candidates)
}

private func completion(of word: String, among candidates: some Sequence<String>) -> String? {
    guard word.count > 1 else { return nil }
    let longer = candidates.filter { $0.lowercased().hasPrefix(word) }
    return longer.count == 1 ? longer[0] : nil
}

extension Diagnostic {
    /// The help for a word that is none of the candidates: a suggestion where one is close, else nothing.
    package static func suggestion(for word: String, among candidates: some Sequence<String>) -> [String] {
        didYouMean(word, among: candidates).map { ["did you mean \"\($0)\"?"] } ?? []
    }
}

/// The least number of insertions, deletions, changes and swaps of neighbours that lead from one word to the other, none
/// of which touches a place twice; `nil` when there are more than `limit`.
private func editDistance(_ from: [Character], _ to: [Character], atMost limit: Int) -> Int? {
    guard abs(from.count - to.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...to.count)
    for (row, character) in from.enumerated() {
        var distances = [row + 1]
        for column in to.indices {
            var distance = min(
                last[column] + (character == to[column] ? 0 : 1), last[column + 1] + 1, distances[column] + 1)
            if row > 0, column > 0, character == to[column - 1], from[row - 1] == to[column] {
                distance = min(distance, beforeLast[column - 1] + 1)
            }
            distances.append(distance)
        }
        (beforeLast, last) = (last, distances)
    }
    return last[to.count] <= limit ? last[to.count] : nil
}
