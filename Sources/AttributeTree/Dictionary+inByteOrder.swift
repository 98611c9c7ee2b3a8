extension Dictionary where Key == String {
    /// The members in the order of the bytes of their names, the same in every process.
    ///
    /// The order of `String` is none where normal forms meet: of "é-" with a composed é and a decomposed "é" it says that
    /// neither comes first, and sorting then leaves them as they come out of the hash table.
    package func inByteOrder() -> [Element] {
        sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
}
