/// All shapes of one service. Shapes refer to each other by their position, which lets them be recursive.
final class ShapeTable: Sendable {
    struct Definition: Sendable {
        var name: String
        var kind: Shape.Kind
        var isSensitive = false
    }

    /// Invariant: written once, by the initialiser, before the reference leaves it.
    nonisolated(unsafe) private(set) var definitions: [Definition] = []
    nonisolated(unsafe) private var indices: [String: Int] = [:]

    init<Failure: Error>(_ build: (inout Builder) throws(Failure) -> Void) throws(Failure) {
        var builder = Builder(table: self)
        try build(&builder)
        definitions = builder.finish()
        indices = builder.indices
    }

    func shape(named name: String) -> Shape? {
        indices[name].map { Shape(table: self, index: $0) }
    }

    var shapes: [Shape] { definitions.indices.map { Shape(table: self, index: $0) } }
}

/// A shape by its position in a table that it does not own.
struct ShapeReference: Sendable {
    unowned let table: ShapeTable
    let index: Int

    var shape: Shape { Shape(table: table, index: index) }
}

extension ShapeTable {
    /// Collects the definitions of a table; a shape may be referred to before it is defined.
    struct Builder: ~Copyable {
        private let table: ShapeTable
        private var definitions: [Definition?] = []
        fileprivate private(set) var indices: [String: Int] = [:]

        fileprivate init(table: ShapeTable) {
            self.table = table
            indices.reserveCapacity(1000)
            definitions.reserveCapacity(1000)
        }

        mutating func reference(to name: String) -> ShapeReference {
            ShapeReference(table: table, index: index(of: name))
        }

        mutating func define(_ name: String, _ kind: Shape.Kind, isSensitive: Bool = false) {
            definitions[index(of: name)] = Definition(name: name, kind: kind, isSensitive: isSensitive)
        }

        private mutating func index(of name: String) -> Int {
            if let index = indices[name] { return index }
            indices[name] = definitions.count
            definitions.append(nil)
            return definitions.count - 1
        }

        /// The definitions in the order of their positions. A reference without a definition is a mistake in the table.
        fileprivate func finish() -> [Definition] {
            let missing = indices.filter { definitions[$0.value] == nil }.keys.sorted()
            precondition(missing.isEmpty, "shapes without a definition: \(missing.joined(separator: ", "))")
            return definitions.compactMap(\.self)
        }
    }
}
