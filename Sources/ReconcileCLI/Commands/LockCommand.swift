package import ArgumentParser
import AttributeTree
import Manifests
import Reconciliation

package struct LockCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "lock", abstract: "Say who has the lock on the state, or take it away.",
        discussion: """
              reconcile lock status      who has it, since when, and until when
              reconcile lock break       take it from a process that is gone, without waiting for its lease to end

            An apply, a destroy and a rollback have the lock on the state of their environment while they run; another \
            that is begun meanwhile exits with \(ExitStatus.locked.rawValue) and says who has it.

            The lock on a state in a file goes with the process that has it, however that ends: there is nothing to \
            break. The lock on a state in S3 has a lease, which its process renews while it runs; when the process is \
            gone, the lock ends with the lease, within a minute, and the next apply takes it over. A process whose \
            lock was broken while it lives records nothing more, starts nothing more, and fails; the next apply finds \
            out what became of what it had begun.
            """,
        subcommands: [Status.self, Break.self], defaultSubcommand: Status.self)

    package init() {}

    package struct Status: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say who has the lock on the state.")

        @OptionGroup package var manifests: ManifestOptions
        @OptionGroup package var output: OutputOptions
        @OptionGroup package var calls: CallOptions

        package init() {}

        package func run() async throws {
            try await reportingFailures(output.colours) {
                let loaded = try LoadedProject(manifests)
                let report = LockReport(
                    loaded, try await StateStoreAccess.with(loaded, calls) { try await $0.lockStatus() })
                switch output.output {
                case .json: Console.line(report.json.jsonText(.pretty))
                case .text: Console.prose(report.sentence)
                }
            }
        }
    }

    package struct Break: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "break", abstract: "Take the lock on the state away from whoever has it.",
            discussion: """
                It says from whom, and asks. Whoever had it records nothing more, also when it is still at work: then \
                what it has in flight goes on in the cloud, so make sure that it is gone, or look at it first. It asks \
                for the same permissions as an apply.
                """)

        @OptionGroup package var manifests: ManifestOptions
        @OptionGroup package var output: OutputOptions
        @OptionGroup package var calls: CallOptions

        @Flag(name: [.short, .customLong("yes")], help: "Do not ask.")
        package var yes = false

        package init() {}

        package func run() async throws {
            try await reportingFailures(output.colours) {
                if !yes, !Console.inputIsTerminal || output.output == .json {
                    throw UsageError(
                        "lock break asks before it takes a lock away, and there is no terminal to ask on",
                        help: ["see `reconcile lock status`, and add --yes"])
                }
                let loaded = try LoadedProject(manifests)
                let report = LockReport(
                    loaded, try await StateStoreAccess.with(loaded, calls) { try await breakLock(in: $0) })
                switch output.output {
                case .json: Console.line(report.broken.jsonText(.pretty))
                case .text: Console.prose(report.sentenceOfBreaking)
                }
            }
        }

        /// - Returns: How it was before.
        private func breakLock(in store: any StateStore) async throws -> LockStatus {
            let status = try await store.lockStatus()
            guard case .held(let holder) = status else { return status }
            if !yes, !ask("Break the lock of \(holder.inFull)?") { throw ExitStatus.failed.exitCode }
            try await store.breakLock(of: holder, as: .thisProcess(command: "lock break"))
            return status
        }
    }
}

/// What is told of a lock.
struct LockReport {
    private let project: String
    private let environment: String
    private let status: LockStatus

    init(_ loaded: LoadedProject, _ status: LockStatus) {
        self.init(project: loaded.project.name, environment: loaded.environment.name, status)
    }

    init(project: String, environment: String, _ status: LockStatus) {
        self.project = project
        self.environment = environment
        self.status = status
    }

    private var place: String { "\(project), environment \(environment)" }

    var sentence: String {
        switch status {
        case .free: "\(place): nobody has the lock"
        case .held(let holder): "\(place): locked by \(holder.inFull)"
        case .expired(let holder):
            "\(place): nobody has the lock; that of \(holder), since \(LockHolder.iso(holder.since)), was not renewed and "
                + "expired\(holder.until.map { " at \(LockHolder.iso($0))" } ?? ""): the next apply takes it over"
        }
    }

    var sentenceOfBreaking: String {
        switch status {
        case .free, .expired: "\(sentence); there is nothing to break"
        case .held(let holder): "\(place): the lock of \(holder) is broken; it records nothing more"
        }
    }

    /// `lock status -o json`
    var json: AttributeValue {
        [
            "formatVersion": 1, "project": .string(project), "environment": .string(environment),
            "holder": holder?.json ?? .null, "expired": expired?.json ?? .null,
        ]
    }

    /// `lock break -o json`: the same, with whether there was anything to break.
    var broken: AttributeValue {
        var json = json
        json["broken"] = .bool(holder != nil)
        return json
    }

    private var holder: LockHolder? { if case .held(let holder) = status { holder } else { nil } }
    private var expired: LockHolder? { if case .expired(let holder) = status { holder } else { nil } }
}

extension LockHolder {
    fileprivate var json: AttributeValue {
        [
            "user": .string(user), "processID": .int(processID), "command": .string(command),
            "since": .string(Self.iso(since)), "until": until.map { .string(Self.iso($0)) } ?? .null,
        ]
    }
}
