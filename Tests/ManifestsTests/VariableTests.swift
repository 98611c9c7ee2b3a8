import AttributeTree
import Manifests
import ResourceModel
import TestSupport
import Testing

@Suite(.tags(.small))
struct VariableTests {
    /// The value of one field of a fruit, written as `text`.
    private func value(
        of field: String, _ text: String, variables: [String: String] = [:], given: GivenVariables = .none,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> AttributeValue? {
        let loaded = load(
            resources: """
                apiVersion: reconcile/v1
                kind: Fruit
                metadata: {name: apple}
                spec:
                  \(field == "weight" ? "seeds: 1" : "weight: 1")
                  parts: [{name: a, image: a}]
                  \(field): \(text)
                """, variables: variables, given: given)
        #expect(loaded.messages == "", sourceLocation: sourceLocation)
        return loaded.manifests.desired["Fruit/apple"]?.attributes[field]
    }

    @Test func aLaterSourceWins() {
        let environment = ["a": "environment", "b": "environment", "c": "environment"]
        let given = GivenVariables(
            commandLine: ["c": "option"],
            processEnvironment: ["RECONCILE_VAR_b": "process", "RECONCILE_VAR_c": "process", "a": "not ours"])
        let text = value(of: "weight", "${var.a} ${var.b} ${var.c}", variables: environment, given: given)
        #expect(text == "environment process option")
    }

    @Test(arguments: [
        ("$${var.a}", "${var.a}"), ("$$${var.a}", "$${var.a}"), ("a$b", "a$b"), ("$$", "$$"),
        ("x${var.a}${var.a}y", "x11y"), ("'${var.a}$'", "1$"), ("\"a\\n${var.a}\"", "a\n1"),
    ])
    func replacesOnlyVariables(_ written: String, _ meant: String) {
        #expect(value(of: "weight", written, variables: ["a": "1"]) == .string(meant))
    }

    private static let typed: [(field: String, text: String, value: AttributeValue)] = [
        ("seeds", "7", 7), ("sweetness", "0.5", 0.5), ("sweetness", "1", 1), ("ripe", "true", true),
        ("weight", "7", "7"), ("weight", "true", "true"), ("weight", "0x10", "0x10"), ("weight", "", ""),
        ("weight", "null", "null"),
    ]

    /// A value that is nothing but a variable, in quotes or not, whatever the text looks like.
    @Test(arguments: typed)
    func aVariableAloneHasTheTypeOfItsField(_ field: String, _ text: String, _ value: AttributeValue) {
        for written in ["${var.a}", "\"${var.a}\""] {
            #expect(self.value(of: field, written, variables: ["a": text]) == value)
        }
    }

    @Test func aValueIsNotReadAgain() {
        #expect(value(of: "weight", "${var.a}", given: GivenVariables(process: ["a": "${var.b}"])) == "${var.b}")
    }

    @Test func variablesThatAreDeclaredOrComeFromTheProcessNeedNotBeUsed() {
        let given = GivenVariables(commandLine: ["declared": "2"], process: ["other": "3"])
        #expect(value(of: "weight", "1", variables: ["declared": "1"], given: given) == "1")
    }

    @Test func namesMayHaveVariables() {
        let loaded = load(
            resources: """
                apiVersion: reconcile/v1
                kind: Orchard
                metadata: {name: "north-${var.stage}"}
                ---
                apiVersion: reconcile/v1
                kind: MarketStall
                metadata: {name: corner}
                spec: {fruit: "arn:fruit", orchard: "north-${var.stage}"}
                """, variables: ["stage": "test"])
        #expect(loaded.messages == "")
        #expect(
            loaded.manifests.desired["MarketStall/corner"]?.references.last?.address
                == ResourceAddress(kind: "Orchard", name: "north-test"))
    }
}
