import AttributeTree
import ResourceModel

/// How a resource passes from what is replaced to what takes its place: first to a form in which it refers to both, and
/// when requests can be answered there too, to the desired one.
struct Passage: Sendable {
    /// What is replaced.
    var sources: [ResourceAddress]
    /// The form that refers to both.
    var attributes: AttributeValue
    /// What is to be changed to get there; nothing when it is there already.
    var fields: [String]
    /// The fields that refer to what is replaced: all that is left to be changed after that.
    var referring: [String]
}
