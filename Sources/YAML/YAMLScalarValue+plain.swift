extension YAMLScalarValue {
    /// What a text means where a plain scalar stands, for one that was put together after reading.
    package init(plain text: String) {
        self = CoreSchema.value(ofPlain: text)
    }
}
