import Diagnostics
import ResourceModel
import YAML

/// The place of a value in its schema, as far as messages need it.
struct Slot {
    enum Name {
        case field(String)
        case element(of: String)
        /// The content of a resource.
        case resource(ResourceAddress)
        case cloudName(of: KindName)
        /// As a message has it.
        case words(String)
    }

    var name: Name
    /// Its value is not to be shown.
    var isSecret = false
    /// It cannot be left out.
    var isRequired = false
    /// What is marked when the value as a whole is wrong, in place of the value.
    var site: YAMLNode?

    /// A member of a map.
    init(_ pair: YAMLNode.Pair, named name: String, isSecret: Bool, isRequired: Bool = false) {
        self.init(.field(name), isSecret: isSecret)
        self.isRequired = isRequired
        // What is written on lines of its own, or not at all, is best marked by its key.
        if pair.value.style == .block || pair.value.isEmpty { site = pair.key }
    }

    init(_ name: Name, isSecret: Bool = false, site: YAMLNode? = nil) {
        self.name = name
        self.isSecret = isSecret
        self.site = site
    }

    var element: Slot {
        switch name {
        case .field(let field): Slot(.element(of: field), isSecret: isSecret)
        case .element, .resource, .cloudName, .words: Slot(name, isSecret: isSecret)
        }
    }

    /// What a message calls it: `"image"`, `an element of "subnets"`.
    var label: String {
        switch name {
        case .field(let field): "\"\(field)\""
        case .element(let field): "an element of \"\(field)\""
        case .resource(let address): address.words
        case .cloudName(let kind): "the name of \(kind.wordsWithArticle)"
        case .words(let words): words
        }
    }

    /// A value in a message, in quotes.
    func shown(_ value: String) -> String {
        isSecret ? "this value" : "\"\(value)\""
    }

    func range(of node: YAMLNode) -> SourceRange { (site ?? node).range }
}

extension YAMLNode {
    /// Nothing stands where a value could.
    var isEmpty: Bool { kind == .scalar && style == .plain && scalar?.isEmpty == true }
}
