extension World {
    mutating func advanceBalancing(to now: Moment) {}
    func nextBalancingChange(after now: Moment) -> Moment? { nil }
}
