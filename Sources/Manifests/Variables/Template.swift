/// A text with variables in it: `registry.example/web:${var.tag}`.
///
/// `$${` is a `${` that begins no variable; a `$` before anything else is itself. There are no expressions.
struct Template: Equatable {
    enum Segment: Equatable {
        case text(String)
        case variable(Variable)
        /// `${…` that is no `${var.name}`; the content is `nil` where `}` is missing.
        case malformed(content: String?, Stretch)
    }

    struct Variable: Equatable {
        var name: String
        var stretch: Stretch
    }

    /// A part of the text, in Unicode scalars.
    struct Stretch: Equatable {
        var offset: Int
        var length: Int
    }

    var segments: [Segment]

    /// `nil` for a text without `${`, which is nearly every one.
    init?(_ text: String) {
        guard Self.mayHaveVariables(text.utf8) else { return nil }
        var scanner = Scanner(scalars: Array(text.unicodeScalars))
        segments = scanner.scan()
    }

    /// The variable, when the text is nothing else.
    var soleVariable: Variable? {
        if segments.count == 1, case .variable(let variable) = segments[0] { variable } else { nil }
    }

    static func isVariableName(_ name: some Collection<Unicode.Scalar>) -> Bool {
        guard let first = name.first, isLetter(first) else { return false }
        return name.dropFirst().allSatisfy { isLetter($0) || ("0"..."9").contains($0) || $0 == "-" }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
    }

    private static func mayHaveVariables(_ text: String.UTF8View) -> Bool {
        var follows = false
        for byte in text {
            if follows, byte == UInt8(ascii: "{") { return true }
            follows = byte == UInt8(ascii: "$")
        }
        return false
    }
}

private struct Scanner {
    let scalars: [Unicode.Scalar]
    private var position = 0
    private var text = String.UnicodeScalarView()
    private var segments: [Template.Segment] = []

    init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    mutating func scan() -> [Template.Segment] {
        while position < scalars.count {
            if isNext("$", "$", "{") {
                text.append(contentsOf: ["$", "{"])
                position += 3
            } else if isNext("$", "{") {
                endText()
                segments.append(variable())
            } else {
                text.append(scalars[position])
                position += 1
            }
        }
        endText()
        return segments
    }

    private func isNext(_ expected: Unicode.Scalar...) -> Bool {
        scalars[position...].starts(with: expected)
    }

    private mutating func endText() {
        guard !text.isEmpty else { return }
        segments.append(.text(String(text)))
        text = String.UnicodeScalarView()
    }

    private mutating func variable() -> Template.Segment {
        let start = position
        guard let end = scalars[start...].firstIndex(of: "}") else {
            position = scalars.count
            return .malformed(content: nil, Template.Stretch(offset: start, length: scalars.count - start))
        }
        position = end + 1
        let stretch = Template.Stretch(offset: start, length: position - start)
        let content = scalars[start + 2..<end]
        let prefix: [Unicode.Scalar] = ["v", "a", "r", "."]
        guard content.starts(with: prefix), Template.isVariableName(content.dropFirst(prefix.count)) else {
            return .malformed(content: Self.string(content), stretch)
        }
        return .variable(Template.Variable(name: Self.string(content.dropFirst(prefix.count)), stretch: stretch))
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
