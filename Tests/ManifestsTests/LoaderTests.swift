import AttributeTree
import Diagnostics
import Manifests
import ResourceModel
import TestSupport
import Testing

@Suite(.tags(.small))
struct LoaderTests {
    @Test func readsAWholeSet() throws {
        let loaded = load(
            """
            kind: Project
            apiVersion: reconcile/v1
            metadata: {name: market}
            spec:
              defaultEnvironment: home
              environments:
                home: {cloud: local, variables: {colour: green, seeds: 3}}
                town: {cloud: aws, region: eu-west-1, state: s3://acme/market/, profile: ci}
            ---
            # Declared after what refers to it.
            apiVersion: reconcile/v1
            kind: MarketStall
            metadata: {name: corner, protect: true}
            spec:
              fruit: apple
              orchard: north
            ---
            apiVersion: reconcile/v1
            kind: Fruit
            metadata: {name: apple}
            spec:
              weight: 256
              colour: ${var.colour}
              seeds: ${var.seeds}
              parts:
                - {name: core, image: "core:${var.seeds}.0"}
            ---
            apiVersion: reconcile/v1
            kind: Orchard
            metadata: {name: north}
            """)
        #expect(loaded.messages == "")
        #expect(loaded.manifests.project?.name == "market")
        #expect(loaded.manifests.project?.environments.map(\.name) == ["home", "town"])
        #expect(loaded.manifests.project?[environment: "town"]?.state == .s3(bucket: "acme", prefix: "market"))
        #expect(loaded.manifests.environment?.name == "home")
        let desired = loaded.manifests.desired
        #expect(desired.addresses.map(\.description) == ["Fruit/apple", "MarketStall/corner", "Orchard/north"])
        let stall = try #require(desired["MarketStall/corner"])
        #expect(stall.metadata.protect)
        #expect(
            stall.references == [
                Reference(path: "fruit", target: .managed(ResourceAddress(kind: "Fruit", name: "apple"))),
                Reference(path: "orchard", target: .managed(ResourceAddress(kind: "Orchard", name: "north"))),
            ])
        #expect(
            desired["Fruit/apple"]?.attributes == [
                "weight": "256", "colour": "green", "seeds": 3, "parts": [["name": "core", "image": "core:3.0"]],
            ])
        #expect(desired["Orchard/north"]?.attributes == ["land": "default"])
        #expect(desired["Orchard/north"]?.references == [Reference(path: "land", target: .lookup(Lookup(.vpc)))])
    }
}
