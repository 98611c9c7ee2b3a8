package import Testing

/// How deep a test reaches.
extension Tag {
    /// Values only.
    @Tag package static var small: Self
    /// Several modules, with scripted ends.
    @Tag package static var medium: Self
    /// The built program, against servers.
    @Tag package static var large: Self
}
