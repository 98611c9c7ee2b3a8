extension World {
    mutating func advanceContainers(to now: Moment) {}
    func nextContainerChange(after now: Moment) -> Moment? { nil }
}
