internal import CLibYAML

/// libyaml's parser over bytes in memory, one event at a time.
///
/// The only owner of the C structures; the bytes must outlive it.
struct EventParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// The event read last. It is valid until the next call of ``advance()``, and read through the pointer: copying the
    /// union for every member costs a third of the speed.
    let event: UnsafeMutablePointer<yaml_event_t>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        event.initialize(to: yaml_event_t())
        precondition(yaml_parser_initialize(parser) == 1, "out of memory")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_event_delete(event)
        yaml_parser_delete(parser)
        event.deallocate()
        parser.deallocate()
    }

    /// Reads the next event; `false` on a syntax error, after which only ``problem`` may be asked for.
    func advance() -> Bool {
        yaml_event_delete(event)
        return yaml_parser_parse(parser, event) == 1
    }

    /// What libyaml says about the syntax error.
    var problem: SyntaxProblem {
        let state = parser.pointee
        var problem = SyntaxProblem(text: state.problem.map { String(cString: $0) } ?? "syntax error")
        if state.error == YAML_READER_ERROR {
            problem.scalar = UInt32(exactly: state.problem_value).flatMap(Unicode.Scalar.init)
            problem.offset = Int(state.problem_offset)
        } else {
            problem.offset = state.problem_mark.index
            problem.context = state.context.map { (String(cString: $0), state.context_mark.index) }
        }
        return problem
    }
}

/// A syntax error in libyaml's own words.
struct SyntaxProblem {
    var text: String
    /// The character it was noticed at; where ``scalar`` is given, the byte.
    var offset = 0
    /// What libyaml was doing, such as "while parsing a flow sequence", and the character where that began.
    var context: (text: String, offset: Int)?
    /// The character that may not be written in YAML at all.
    var scalar: Unicode.Scalar?

    init(text: String) {
        self.text = text
    }
}
