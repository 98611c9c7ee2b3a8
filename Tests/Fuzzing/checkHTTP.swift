/// Requests and responses mean the same, however the bytes arrive.
func checkHTTP(_ input: [UInt8]) throws(BrokenProperty) {
    // Both lengths of pieces are tried at once: a reader that stops in the wrong place does so for one of them.
    try checkPieces(of: input, as: RequestReading())
    try checkPieces(of: input, as: ResponseReading())
}

private func checkPieces(
    of input: [UInt8], as reading: ConnectionReading<some HeadReading>
) throws(BrokenProperty) {
    var whole = reading
    whole.receive(input)
    for length in [1, 1 + input.count / 3] {
        var pieces = reading
        for start in stride(from: 0, to: input.count, by: length) {
            pieces.receive(input[start..<min(input.count, start + length)])
        }
        try require(
            pieces.outcome == whole.outcome,
            "pieces of \(length) mean the same as the whole: \(pieces.outcome), not \(whole.outcome)")
    }
}
