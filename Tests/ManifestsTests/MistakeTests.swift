import Diagnostics
import Manifests
import TestSupport
import Testing

/// Each case is a set of manifests with mistakes of one sort; all of its messages are compared whole.
@Suite(.tags(.small))
struct MistakeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// The file below `Snapshots`.
        var testDescription: String
        var manifest: String
        var variables: [String: String] = [:]
        var given = GivenVariables.none

        init(
            _ name: String, variables: [String: String] = [:], given: GivenVariables = .none, _ manifest: String
        ) {
            testDescription = name
            self.manifest = manifest
            self.variables = variables
            self.given = given
        }
    }

    @Test(arguments: resources)
    func reportsAllMistakesOfResources(_ mistakes: Case) throws {
        let loaded = load(resources: mistakes.manifest, variables: mistakes.variables, given: mistakes.given)
        try Snapshot.expect(loaded.messages + "\n", equals: "\(mistakes.testDescription).txt")
        #expect(loaded.manifests.diagnostics.hasErrors)
    }

    @Test(arguments: projects)
    func reportsAllMistakesOfProjects(_ mistakes: Case) throws {
        let loaded = load(mistakes.manifest, variables: mistakes.given)
        try Snapshot.expect(loaded.messages + "\n", equals: "\(mistakes.testDescription).txt")
        #expect(loaded.manifests.diagnostics.hasErrors)
    }

    @Test func reportsAnEnvironmentThatDoesNotExist() throws {
        let project = """
            apiVersion: reconcile/v1
            kind: Project
            metadata: {name: market}
            spec: {environments: {production: {cloud: aws}, staging: {cloud: aws, variables: {tag: '1'}}}}
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec: {weight: "${var.tag}", parts: [{name: "${var.tga}", image: x}]}
            """
        let messages = [nil, "prodcution", "home"].map { load(project, environment: $0).messages }
        try Snapshot.expect(
            messages.joined(separator: "\n\n# asked for another\n\n") + "\n", equals: "environment selection.txt")
    }
}

extension MistakeTests {
    static let projects = [
        Case(
            "no project",
            """
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: north}
            spec: {labels: {tag: "${var.tag}"}}
            """),
        Case(
            "two projects",
            """
            apiVersion: reconcile/v1
            kind: Project
            metadata: {name: one}
            spec: {environments: {home: {cloud: local}}}
            ---
            apiVersion: reconcile/v1
            kind: Project
            metadata: {name: two}
            spec: {environments: {home: {cloud: local}}}
            """),
        Case(
            "project fields",
            """
            apiVersion: reconcile/v1
            kind: Project
            metadata: {name: "my ${var.x}", protect: true}
            spec:
              defaultEnviroment: home
              environments:
                home: {cloud: lokal, region: Frankfurt, accont: 12}
                town: {region: eu-west-1, endpoint: example.com, state: "s3://"}
                sea:
            """),
        Case(
            "project environments",
            """
            apiVersion: reconcile/v1
            kind: Project
            metadata: {name: market}
            spec:
              defaultEnvironment: hoem
              environments:
                home: {cloud: local, profile: me, endpoint: http://localhost, state: s3://bucket/x}
                "to wn": {cloud: aws, state: "s3:///x", variables: {1st: one, second: 2}}
            """),
        Case(
            "project without environments",
            """
            apiVersion: reconcile/v1
            kind: Project
            metadata: {name: market}
            spec:
              environments: {}
            """),
        Case(
            "project without content",
            """
            apiVersion: reconcile/v1
            kind: Project
            metadata: {name: market}
            """),
    ]

    static let resources = [
        Case(
            "envelope",
            """
            apiVersion: reconcile/v2
            kind: Orchrad
            metadata: {name: north}
            ---
            # Empty documents are nothing.
            ---
            metadata: {name: north, protect: yes, labels: {}}
            status: {}
            specs: {}
            ---
            just text
            ---
            {}
            ---
            apiVersion: [1]
            kind: [Fruit]
            metadata: north
            ---
            kind: Deployment
            apiVersion: apps/v1
            metadata: {}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: a/b}
            spec: [1]
            ---
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner}
            spec: {fruit: unknown, orchard: north}
            """),
        Case(
            "names",
            """
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: a-name-that-is-long}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: short}
            spec: {orchardName: und_er}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: twice}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: other}
            spec: {orchardName: twice}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: twice}
            """),
        Case(
            "types",
            """
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec:
              weight: true
              colour: [red]
              seeds: "7"
              sweetness: sweet
              ripe: yes
              secret: false
              code:
              parts:
                name: core
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: pear}
            spec:
              weight: 0x10
              colour: {a: 1}
              seeds: 1.5
              sweetness: "0.5"
              ripe: "true"
              code: ~
              parts: core
            ---
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner}
            spec:
              fruit: [apple]
              stock: many
              opening: always
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: plum}
            spec: {weight: 1e3, ripe: off, seeds: null, sweetness: .nan, parts: [core, [core]]}
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: kiwi}
            spec: {weight: 1, ripe: maybe, parts: [{name: core, image: x, [a]: b}]}
            """),
        Case(
            "values",
            """
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec:
              weight: 1.50
              colour: gren
              seeds: 101
              sweetness: 1.5
              secret: abc
              code: ABC
              parts: []
              grade: f
              pin: 999
              style: square
              bites: [{a: 0}, {a: 1}]
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: pear}
            spec:
              weight: 1
              secret: a
              bites: [{a: 0}, {a: 0}]
              parts: [{name: a, image: a, doors: [80], command: [sh, null]}]
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: plum}
            spec:
              weight: 1
              seeds: [7]
              bites: {a: 0}
              parts: [{name: a, image: a, doors: 80}]
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: north}
            spec:
              fields: [subnet-1]
              labels: {team: garden, place: far-away-hills}
            """),
        Case(
            "fields",
            """
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec:
              wieght: 1
              shape: round
              image: core:1
              parts:
                - name: core
                  imge: core:1
                -
                  name: peel
                  image: peel:1
                  weight: 5
                - Name: stem
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: north}
            spec: {landId: vpc-1, river: true}
            ---
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner}
            spec:
              rollback: true
              opening:
                guard: {size: 3}
            """),
        Case(
            "lists",
            """
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec:
              weight: 1
              parts:
                - {name: core, image: a, doors: [0, 80, x]}
                - {name: peel, image: b}
                - {name: core, image: c}
                - {name: core, image: d}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: north}
            spec: {fields: [subnet-1, subnet-2, subnet-1]}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: south}
            spec: {fields: [subnet-1, default]}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: east}
            spec: {fields: subnet-1}
            """),
        Case(
            "references",
            """
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: north}
            spec: {land: moon, fields: [subnet-1, corner]}
            ---
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner}
            spec:
              fruit: aple
              spare: corner
            ---
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: middle}
            spec:
              fruit: Fruit/apple
              spare: default
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec: {weight: 1, parts: [{name: a, image: a}]}
            """),
        Case(
            "references to nothing",
            """
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner}
            spec: {fruit: apple, spare: north}
            """),
        Case(
            "a variable in brackets",
            """
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner}
            spec: {fruit: ${var.fruit}}
            """),
        Case(
            "variables", variables: ["tag": "1.0", "colour": "blue", "many": "lots"],
            given: GivenVariables(commandLine: ["tga": "2", "unheard": "3", "tag": "4"], process: ["spare": "5"]),
            """
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: "apple-${var.name}"}
            spec:
              weight: pre ${var.tagg} post
              colour: ${var.colour}
              seeds: ${var.many}
              code: "${var.tag"
              parts:
                - name: "a ${tag} b ${ var.tag } c"
                  image: x:${env.HOME}
                - name: "\\x41 ${var.other}"
                  image: |
                    ${var.other}
            """),
        Case(
            "a file that ends early", given: GivenVariables(commandLine: ["elsewhere": "1"]),
            """
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner}
            spec: {fruit: perhaps-below, stock: x}
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: "perhaps-below}
            """),
    ]
}
