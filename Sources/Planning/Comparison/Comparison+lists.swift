import AttributeTree
import ResourceModel

extension Comparison {
    mutating func compareList(_ sides: Sides, _ rule: ListRule, _ context: Context) {
        let lists = Lists(sides)
        guard case .object(let schema) = rule.element else {
            if rule.comparison != .set || !lists.haveEqualElements { note(sides, context) }
            return
        }
        var inner = context
        inner.absentMeansDefault = true
        switch rule.comparison {
        case .ordered: compareOrdered(lists, schema, inner)
        case .set: compareSet(sides, lists, schema, inner)
        case .keyed(by: let key):
            if lists.areKeyed(by: key) {
                compareKeyed(lists, key, schema, inner)
            } else {
                compareOrdered(lists, schema, inner)
            }
        }
    }

    private mutating func compareOrdered(_ lists: Lists, _ schema: ObjectSchema, _ context: Context) {
        for index in 0..<max(lists.desired.count, lists.observed.count) {
            var inner = context
            inner.path = context.path.index(index)
            compareElement(
                Sides(
                    desired: lists.desired[safe: index], recorded: lists.recorded[safe: index],
                    observed: lists.observed[safe: index]), schema, inner)
        }
    }

    private mutating func compareKeyed(
        _ lists: Lists, _ key: String, _ schema: ObjectSchema, _ context: Context
    ) {
        let observed = Dictionary(lists.observed.map { ($0.keyText(key), $0) }) { first, _ in first }
        let recorded = Dictionary(lists.recorded.map { ($0.keyText(key), $0) }) { first, _ in first }
        let desired = Dictionary(lists.desired.map { ($0.keyText(key), $0) }) { first, _ in first }
        let others = lists.observed.map { $0.keyText(key) }.filter { desired[$0] == nil }
        for text in lists.desired.map({ $0.keyText(key) }) + others.sorted() {
            var inner = context
            inner.path = context.path.key(text)
            compareElement(
                Sides(desired: desired[text], recorded: recorded[text], observed: observed[text]), schema, inner)
        }
    }

    private mutating func compareElement(_ sides: Sides, _ schema: ObjectSchema, _ context: Context) {
        guard sides.desired != nil, sides.observed != nil else {
            return note(sides, context, masking: schema)
        }
        var inner = context
        inner.isRecorded = sides.recorded != nil
        compareObject(sides, schema, inner)
    }

    /// Elements have no names: each desired one must have an observed one of its own that does not differ from it.
    private mutating func compareSet(
        _ sides: Sides, _ lists: Lists, _ schema: ObjectSchema, _ context: Context
    ) {
        var unmatched = lists.observed
        for element in lists.desired {
            let recorded = lists.recorded.contains(element) ? element : nil
            let match = unmatched.firstIndex { candidate in
                var comparison = Comparison(secrets: secrets)
                comparison.compareElement(
                    Sides(desired: element, recorded: recorded, observed: candidate), schema, context)
                return comparison.findings.isEmpty
            }
            guard let match else { return note(sides, context, masking: schema) }
            unmatched.remove(at: match)
        }
        if !unmatched.isEmpty { note(sides, context, masking: schema) }
    }
}

/// The elements of three lists; none where there is no list.
private struct Lists {
    var desired: [AttributeValue]
    var recorded: [AttributeValue]
    var observed: [AttributeValue]

    init(_ sides: Comparison.Sides) {
        desired = sides.desired?.listValue ?? []
        recorded = sides.recorded?.listValue ?? []
        observed = sides.observed?.listValue ?? []
    }

    var haveEqualElements: Bool {
        desired.count == observed.count
            && desired.sorted { $0.precedes($1) } == observed.sorted { $0.precedes($1) }
    }

    /// Every element has a key, and no two of a list have the same.
    func areKeyed(by key: String) -> Bool {
        [desired, observed].allSatisfy { list in
            list.allSatisfy { $0[key] != nil } && Set(list.map { $0.keyText(key) }).count == list.count
        }
    }
}

extension AttributeValue {
    /// The key of an element as it stands in a path.
    fileprivate func keyText(_ key: String) -> String {
        switch self[key] {
        case .string(let text)?: text
        case let value?: value.jsonText()
        case nil: ""
        }
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
