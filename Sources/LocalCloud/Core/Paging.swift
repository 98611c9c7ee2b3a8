/// Gives a long list out in pages: a token is the place to go on from.
package struct Page<Element> {
    package var elements: [Element]
    /// `nil` on the last page.
    package var nextToken: String?

    /// - Parameters:
    ///   - token: what the page before gave out.
    ///   - limit: how many there are on a page at most.
    /// - Throws: The fault `invalid` when the token is none of ours.
    package init(
        of all: [Element], token: String?, limit: Int, invalid: @autoclosure () -> CloudFault
    ) throws(CloudFault) {
        var start = 0
        if let token {
            guard let given = Int(token), (0...all.count).contains(given) else { throw invalid() }
            start = given
        }
        let end = min(all.count, start + max(1, limit))
        elements = Array(all[start..<end])
        nextToken = end < all.count ? String(end) : nil
    }
}
