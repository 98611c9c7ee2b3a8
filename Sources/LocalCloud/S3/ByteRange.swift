/// The part of an object that a `Range` header asks for.
enum ByteRange: Sendable, Hashable {
    case whole
    case part(Range<Int>)
    /// Nothing of it is there.
    case unsatisfiable

    /// A header that is none of `bytes=1-2`, `bytes=1-` and `bytes=-2`, or asks for several parts, asks for the whole.
    init(_ header: String?, of count: Int) {
        self = .whole
        guard let header, header.hasPrefix("bytes=") else { return }
        let ends = header.dropFirst("bytes=".count).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2 else { return }
        switch (ends[0].isEmpty ? nil : Int(ends[0]), ends[1].isEmpty ? nil : Int(ends[1])) {
        case (let first?, let last):
            guard last != nil || ends[1].isEmpty, first <= last ?? first else { return }
            self = first < count ? .part(first..<min(count - 1, last ?? count) + 1) : .unsatisfiable
        case (nil, let length?):
            guard ends[0].isEmpty else { return }
            self = length > 0 && count > 0 ? .part(max(0, count - length)..<count) : .unsatisfiable
        case (nil, nil): return
        }
    }
}
