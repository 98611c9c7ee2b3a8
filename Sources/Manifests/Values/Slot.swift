import Diagnostics
import ResourceModel

/// The place of a value in its schema, as far as messages need it.
struct Slot {
    /// What a message calls it: `"image"`, `an element of "subnets"`.
    var label: String
    /// Its value is not to be shown.
    var isSecret = false
    /// What is marked when something is missing in it.
    var range: SourceRange?

    static func field(_ field: Field) -> Slot {
        Slot(label: "\"\(field.name)\"", isSecret: field.isSecret)
    }

    static func member(_ name: String, of parent: Slot) -> Slot {
        Slot(label: "\"\(name)\"", isSecret: parent.isSecret)
    }

    var element: Slot {
        Slot(label: label.hasPrefix("an element of ") ? label : "an element of \(label)", isSecret: isSecret)
    }

    /// A value in a message, in quotes.
    func shown(_ value: String) -> String {
        isSecret ? "the value" : "\"\(value)\""
    }
}
