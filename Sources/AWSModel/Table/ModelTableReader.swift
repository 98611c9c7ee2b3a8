/// Reads the lines of a table after its first.
struct ModelTableReader {
    private struct Operation {
        var line: TableLine
        var page: TableLine?
    }

    private var operations: [Operation] = []
    private var errors: [(name: String, line: TableLine)] = []

    mutating func read(_ lines: inout TableLines, into builder: inout ShapeTable.Builder) {
        while let line = lines.next() {
            let word = line.word(0)
            if word == "operation" {
                operations.append(Operation(line: line, page: lines.nextContinuation()))
                continue
            }
            let name = line.word(1)
            if word == "error" { errors.append((name, line)) }
            let kind = readKind(word, line, &lines, &builder)
            builder.define(name, kind, isSensitive: line.hasFlag("sensitive"))
        }
    }

    private func readKind(
        _ word: String, _ line: TableLine, _ lines: inout TableLines, _ builder: inout ShapeTable.Builder
    ) -> Shape.Kind {
        switch word {
        case "structure", "error":
            .structure(Shape.Structure(members: readMembers(&lines, &builder), isUnion: line.hasFlag("union")))
        case "list":
            .list(Shape.List(of: builder.reference(to: line.word(2)), itemName: line["item"], limits: line.limits()))
        case "map":
            .map(
                Shape.Map(
                    from: builder.reference(to: line.word(2)), to: builder.reference(to: line.word(3)),
                    keyName: line["key"], valueName: line["value"], limits: line.limits()))
        case "string", "character": .string(readText(line, &lines))
        case "integer": .integer(line.limits())
        case "long": .long(line.limits())
        case "float": .float(line.limits())
        case "double": .double(line.limits())
        case "boolean": .boolean
        case "timestamp": .timestamp(line["format"].flatMap(Timestamp.Format.init(rawValue:)))
        case "blob": .blob(line.limits())
        case "document": .document
        default: preconditionFailure("unknown kind of shape in the table: \(word)")
        }
    }

    private func readMembers(_ lines: inout TableLines, _ builder: inout ShapeTable.Builder) -> [Member] {
        var members: [Member] = []
        while let line = lines.nextContinuation() {
            var name = line.word(0)
            var traits: Member.Traits = []
            if name.hasSuffix("!") {
                name.removeLast()
                traits.insert(.required)
            }
            guard line.hasDetails else {
                members.append(Member(name, builder.reference(to: line.word(1)), traits: traits))
                continue
            }
            if line.hasFlag("deprecated") { traits.insert(.deprecated) }
            if line.hasFlag("token") { traits.insert(.idempotencyToken) }
            if line.hasFlag("flat") { traits.insert(.flattened) }
            members.append(
                Member(
                    name, builder.reference(to: line.word(1)), traits: traits, locationName: line["wire"],
                    queryName: line["query"]))
        }
        return members
    }

    private func readText(_ line: TableLine, _ lines: inout TableLines) -> Shape.Text {
        var text = Shape.Text(length: line.limits())
        while let detail = lines.nextContinuation() {
            if detail.word(0) == "values" {
                text.values = detail.rest.split(separator: "|").map(String.init)
            } else {
                text.pattern = detail.rest
            }
        }
        return text
    }

    /// The operations, once all shapes are known.
    func operations(of service: ServiceModel.Metadata, in table: ShapeTable) -> [OperationModel] {
        var models: [String: ErrorModel] = [:]
        for error in errors {
            models[error.name] = table.shape(named: error.name).map {
                ErrorModel(shape: $0, code: error.line["code"], status: error.line["status"].flatMap { Int($0) })
            }
        }
        return operations.map { operation in
            let line = operation.line
            return OperationModel(
                name: line.word(1), service: service,
                input: line["input"].flatMap(table.shape(named:)),
                output: line["output"].flatMap(table.shape(named:)),
                resultWrapper: line["wrapper"],
                isSigned: !line.hasFlag("unsigned"),
                errors: line.list("errors").compactMap { models[$0] },
                pagination: operation.page.map(OperationModel.Pagination.init))
        }
    }
}

extension OperationModel.Pagination {
    fileprivate init(_ line: TableLine) {
        self.init(
            inputToken: line["input"] ?? "", outputToken: line["output"] ?? "", results: line.list("results"),
            limit: line["limit"], moreResults: line["more"])
    }
}
