// swift-tools-version: 6.2
import PackageDescription

// A target earns its place by an import it forbids: the dependencies below are the architecture, and
// `make lint` builds with `--explicit-target-dependency-import-check error`.

/// With `RECONCILE_FUZZING` there is also the program that `make fuzz` runs, and our modules tell it what an input reaches.
let isFuzzing = Context.environment["RECONCILE_FUZZING"] != nil

/// One set of rules for every target of ours.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
    .unsafeFlags(isFuzzing ? ["-sanitize=fuzzer,address", "-O"] : []),
]

/// A library target of the project.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one target, beside whatever else they need.
func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
        swiftSettings: strict)
}

let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

let fuzzer: [Target] = [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/CLibFuzzer"),
    .executableTarget(
        name: "reconcile-fuzz", dependencies: ["CLibFuzzer", "Fuzzing"], path: "Tests/Fuzzer", swiftSettings: strict,
        // gold, the usual one, fails at this.
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
]

let package = Package(
    name: "reconcile",
    products: [.executable(name: "reconcile", targets: ["reconcile"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // What everything else is said in.
        module("AttributeTree"),
        module("Diagnostics"),

        // From text to an ordered plan: pure.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        module("YAML", ["CLibYAML", "Diagnostics"]),
        module("ResourceModel", ["AttributeTree", "Diagnostics"]),
        module("Manifests", ["AttributeTree", "Diagnostics", "ResourceModel", "YAML"]),
        module("ResourceGraph", ["AttributeTree", "Diagnostics", "ResourceModel", heap]),
        module("StateModel", ["AttributeTree", "ResourceModel"]),
        module("Planning", ["AttributeTree", "Diagnostics", "ResourceGraph", "ResourceModel", "StateModel"]),

        // What is seen of a service that does not come up, and why that is: pure.
        module("Diagnosis", ["ResourceModel", "StateModel"]),

        // The engine, and the store behind it.
        module(
            "Reconciliation",
            [
                "AttributeTree", "Diagnostics", "Planning", "ResourceGraph", "ResourceModel", "StateModel",
                logging,
            ]),
        module("StateStorage", ["AWSClient", "AttributeTree", "Reconciliation", "ResourceModel", "StateModel", grdb]),

        // AWS: signing, the wire, the client, and the kinds.
        module("SigV4", [crypto]),
        module("AWSModel", ["AttributeTree"]),
        module(
            "AWSClient",
            ["AttributeTree", "AWSModel", "SigV4", asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix]),
        module(
            "AWSKinds",
            [
                "AttributeTree", "AWSClient", "AWSModel", "Diagnosis", "Diagnostics", "Planning", "Reconciliation",
                "ResourceModel", "SigV4", "StateModel",
            ]),

        // The cloud on this machine: it knows nothing of what is above, but how AWS is spoken.
        module("LoadBalancing", [asn1, crypto, nioCore, nioHPACK, nioHTTP2, nioPosix, nioSSL, x509]),
        .systemLibrary(name: "CSpawn"),
        module("TaskRunning", ["CSpawn", nioCore, nioHTTP1, nioHTTP2, nioPosix]),
        module(
            "LocalCloud",
            [
                "AttributeTree", "AWSModel", "LoadBalancing", "SigV4", "TaskRunning", crypto, grdb, hummingbird,
                logging, nioCore, nioHTTP1, orderedCollections, serviceLifecycle, unixSignals,
            ]),

        // The command line.
        module(
            "ReconcileCLI",
            [
                "AttributeTree", "AWSClient", "AWSKinds", "AWSModel", "Diagnostics", "LocalCloud", "Manifests",
                "Planning",
                "Reconciliation", "ResourceGraph", "ResourceModel", "SigV4", "StateModel", "StateStorage",
                "TaskRunning",
                "YAML", argumentParser, crypto, logging, subprocess,
            ]),
        .executableTarget(name: "reconcile", dependencies: ["ReconcileCLI", argumentParser], swiftSettings: strict),

        // What `make bench` measures with.
        .executableTarget(
            name: "reconcile-bench",
            dependencies: [
                "AttributeTree", "AWSKinds", "Diagnostics", "InMemoryCloud", "Planning", "ReconcileCLI",
                "Reconciliation", "ResourceModel", "StateModel", "StateStorage", "YAML", argumentParser, crypto,
            ],
            path: "Benchmarks/ReconcileBench", swiftSettings: strict),
        .executableTarget(
            name: "proxy-bench", dependencies: ["LoadBalancing"], path: "Benchmarks/Proxy", exclude: ["run.sh"],
            swiftSettings: strict),

        // What tests are written with: values, and the servers and programs of this machine.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .target(
            name: "TestBackends", dependencies: ["AttributeTree", "TestSupport", subprocess, systemPackage],
            path: "Tests/TestBackends", swiftSettings: strict),
        .target(
            name: "InMemoryCloud",
            dependencies: ["AttributeTree", "Planning", "Reconciliation", "ResourceModel", "StateModel"],
            path: "Tests/InMemoryCloud", swiftSettings: strict),

        // What the fuzzers and the tests of what they found call.
        .target(
            name: "Fuzzing",
            dependencies: [
                "AttributeTree", "AWSKinds", "AWSModel", "Diagnostics", "LoadBalancing", "Manifests", "Planning",
                "Reconciliation", "ResourceGraph", "ResourceModel", "StateModel", "StateStorage", "YAML", nioCore,
            ],
            path: "Tests/Fuzzing", exclude: ["Corpora"], swiftSettings: strict),

        tests(of: "Fuzzing"),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: strict),
        tests(of: "TestBackends", ["AttributeTree"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["AttributeTree", "TestBackends", "TestSupport"], swiftSettings: strict
        ),
        .testTarget(
            name: "ReconcileCLITests",
            dependencies: [
                "AWSKinds", "AttributeTree", "Diagnostics", "Manifests", "Planning", "ReconcileCLI", "Reconciliation",
                "ResourceModel", "StateModel", "TestBackends", "TestSupport", argumentParser,
            ],
            exclude: ["InvalidManifests", "Snapshots"], swiftSettings: strict),
        tests(of: "AttributeTree"),
        tests(of: "Diagnosis", ["ResourceModel", "StateModel"]),
        tests(of: "Diagnostics"),
        tests(of: "YAML", ["Diagnostics"]),
        tests(of: "SigV4"),
        tests(of: "ResourceGraph", ["AttributeTree", "Diagnostics", "ResourceModel"]),
        tests(of: "Planning", ["AttributeTree", "Diagnostics", "ResourceGraph", "ResourceModel", "StateModel"]),
        tests(of: "ResourceModel", ["AttributeTree", "Diagnostics"]),
        tests(of: "Manifests", ["AttributeTree", "Diagnostics", "ResourceModel"]),
        tests(of: "StateModel", ["AttributeTree", "ResourceModel"]),
        tests(
            of: "Reconciliation",
            ["AttributeTree", "Diagnostics", "InMemoryCloud", "Planning", "ResourceModel", "StateModel"]),
        tests(
            of: "StateStorage",
            [
                "AWSClient", "AttributeTree", "InMemoryCloud", "Planning", "Reconciliation", "ResourceModel", "SigV4",
                "StateModel", "TestBackends", grdb, logging,
            ]),
        tests(of: "AWSModel", ["AttributeTree"]),
        tests(
            of: "LoadBalancing",
            ["Fuzzing", nioCore, nioEmbedded, nioHPACK, nioHTTP2, nioPosix, nioSSL]),
        tests(of: "TaskRunning", ["TestBackends", nioCore, nioPosix]),
        tests(
            of: "LocalCloud",
            [
                "AttributeTree", "AWSModel", "LoadBalancing", "SigV4", "TaskRunning", "TestBackends", logging, nioCore,
                nioPosix,
            ]),
        tests(of: "AWSClient", ["AttributeTree", "AWSModel", "SigV4", logging, nioCore, nioPosix]),
        tests(
            of: "AWSKinds",
            [
                "AttributeTree", "AWSClient", "AWSModel", "Diagnosis", "Diagnostics", "Manifests", "Planning",
                "Reconciliation", "ResourceModel", "StateModel",
            ]),
        .testTarget(
            name: "SweepTests",
            dependencies: [
                "AttributeTree", "AWSClient", "AWSKinds", "AWSModel", "Diagnostics", "LoadBalancing", "LocalCloud",
                "Manifests", "Planning", "Reconciliation", "ResourceModel", "SigV4", "StateModel", "TaskRunning",
                "TestSupport", logging,
            ], swiftSettings: strict),
    ] + (isFuzzing ? fuzzer : [])
)
