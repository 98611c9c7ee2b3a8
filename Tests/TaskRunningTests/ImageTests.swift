import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.small)) struct ImageTests {
    @Test(
        arguments: [
            ("web", "web", nil, nil),
            ("web:1", "web", "1", nil),
            ("registry.example:5000/shop/web", "registry.example:5000/shop/web", nil, nil),
            ("registry.example:5000/shop/web:1.4", "registry.example:5000/shop/web", "1.4", nil),
            ("web@sha256:00ff", "web", nil, "sha256:00ff"),
            ("shop/web:1@sha256:00ff", "shop/web", "1", "sha256:00ff"),
        ] as [(String, String, String?, String?)])
    func aReferenceHasANameATagAndADigest(text: String, name: String, tag: String?, digest: String?) {
        let reference = ImageReference(text)
        #expect(reference.name == name)
        #expect(reference.tag == tag)
        #expect(reference.digest == digest)
    }

    @Test(arguments: [
        ("web", "web:7", true),
        ("web:1", "web:1", true),
        ("web:1", "web:12", false),
        ("web:1.*", "web:1.4", true),
        ("*", "registry.example/web:1", true),
        ("registry.example/*:1", "registry.example/shop/web:1", true),
        ("*/web:*", "registry.example/shop/web:1", true),
        ("*/web", "registry.example/website", false),
        ("a*b*c", "a-b-b-c", true),
        ("a*b*c", "a-c-b", false),
        ("", "web", false),
    ])
    func aPatternStandsForImages(pattern: String, image: String, matches: Bool) {
        #expect(ImageMapping(pattern: pattern, command: "true").matches(ImageReference(image)) == matches)
    }

    struct Command: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var image = "web:1"
        var entryPoint: [String]?
        var command: [String]?
        var arguments: [String]
    }

    @Test(arguments: [
        Command(testDescription: "the mapped command", arguments: ["/bin/sh", "-c", "./serve --fast"]),
        Command(
            testDescription: "the container's command becomes its arguments", command: ["-p", "a b"],
            arguments: ["/bin/sh", "-c", #"./serve --fast "$@""#, "c", "-p", "a b"]),
        Command(
            testDescription: "the container's entry point takes its place", entryPoint: ["./other", "x"],
            command: ["y"], arguments: ["./other", "x", "y"]),
        Command(
            testDescription: "an empty entry point is none", entryPoint: [], command: [],
            arguments: ["/bin/sh", "-c", "./serve --fast"]),
        Command(
            testDescription: "what is built in comes before what is mapped", image: "built/in:9", command: ["-v"],
            arguments: ["program", "hidden", "-v"]),
        Command(testDescription: "the first mapping that fits", image: "other", arguments: ["/bin/sh", "-c", "all"]),
    ])
    func aContainerRuns(_ case: Command) throws {
        let images = ProcessImages(
            mappings: [
                ImageMapping(pattern: "web", command: "./serve --fast"), ImageMapping(pattern: "*", command: "all"),
                ImageMapping(pattern: "other", command: "never"),
            ],
            builtIn: ["built/in": ["program", "hidden"]])
        let container = ContainerSpecification(
            name: "c", image: `case`.image, entryPoint: `case`.entryPoint, command: `case`.command)
        #expect(try images.arguments(for: container) == `case`.arguments)
    }
}
