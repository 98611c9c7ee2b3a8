import AttributeTree

extension AttributeValue {
    /// As ECS writes a time.
    static func time(_ moment: Moment) -> Self { .number(moment.secondsSince1970) }
}
