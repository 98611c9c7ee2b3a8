import Foundation
import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.medium), .timeLimit(.minutes(2))) struct ProcessRunnerTests {
    struct End: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var script: String
        var exitCode: Int
    }

    @Test(arguments: [
        End(testDescription: "the end of the program", script: "true", exitCode: 0),
        End(testDescription: "its exit status", script: "exit 3", exitCode: 3),
        End(testDescription: "128 and the number of a signal", script: "kill -KILL $$", exitCode: 137),
        End(testDescription: "127 where the shell finds no program", script: "no-such-program", exitCode: 127),
    ])
    func anEndIsToldWithItsExitCode(_ end: End) async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: end.script)
            #expect(await events.end(of: container) == .ended(container, exitCode: end.exitCode, reason: nil))
        }
    }

    @Test func outputAndErrorsAreToldLineByLineBeforeTheEnd() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: #"echo one; echo two >&2; printf 'three\n\nfour'"#)
            _ = await events.end(of: container)
            #expect(events.lines(of: container) == ["one", "two", "three", "", "four"])
        }
    }

    @Test func muchOutputIsToldWhole() async throws {
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: "seq 1 100000")
            #expect(await events.exitCode(of: container) == 0)
            #expect(events.lines(of: container) == (1...100_000).map(String.init))
        }
    }

    @Test func theEnvironmentIsTheContainersWithItsAddressAndItsMarks() async throws {
        try await ProcessWorld.run { world, events in
            let specification = ContainerSpecification(
                name: "web", image: "test", entryPoint: ["/usr/bin/env"],
                environment: ["COLOUR": "blue=1", "HOST": "0.0.0.0"], ports: [8080, 9090])
            let container = try await world.runner.start(specification, in: world.place(address: "127.9.0.7"))
            _ = await events.end(of: container)
            let inherited = ProcessInfo.processInfo.environment
            #expect(
                events.lines(of: container).sorted() == [
                    "COLOUR=blue=1", "HOME=\(inherited["HOME"] ?? "/")", "HOST=127.9.0.7",
                    "PATH=\(inherited["PATH"] ?? "")", "PORT=8080", "RECONCILE_LOCAL_CONTAINER=web",
                    "RECONCILE_LOCAL_OWNER=\(world.owner)", "RECONCILE_LOCAL_TASK=t1",
                ])
            #expect(container.address == "127.9.0.7")
        }
    }

    @Test func tasksUseTheSamePortAtTheirOwnAddresses() async throws {
        try await ProcessWorld.run { world, events in
            for address in ["127.9.0.2", "127.9.0.3"] {
                let place = try await world.place("t-\(address)", address: address)
                let container = try await world.runner.start(
                    ContainerSpecification(
                        name: "web", image: "test",
                        command: [
                            "/bin/sh", "-c", "exec python3 -um http.server --directory /proc/$$ --bind $HOST $PORT",
                        ],
                        ports: [18_080]),
                    in: place)
                #expect(await events.line(of: container, containing: "Serving") != nil)
                let answer = try await RawConnection.answer(to: "GET /environ", address, 18_080)
                #expect(answer.contains("200 OK"))
            }
        }
    }

    @Test func aProcessInheritsNoDescriptor() async throws {
        let descriptor = open("/dev/null", O_RDONLY)
        defer { close(descriptor) }
        try await ProcessWorld.run { world, events in
            let container = try await world.start(shell: "exec ls /proc/self/fd")
            _ = await events.end(of: container)
            // The fourth is the directory that ls reads.
            #expect(events.lines(of: container) == ["0", "1", "2", "3"])
        }
    }

    @Test func neitherDoesItOneThatAnotherThreadOpensMeanwhile() async throws {
        let meanwhile = Thread {
            while !Thread.current.isCancelled {
                let descriptors = (0..<100).map { _ in open("/dev/null", O_RDONLY) }
                for descriptor in descriptors { close(descriptor) }
            }
        }
        meanwhile.start()
        defer { meanwhile.cancel() }
        for _ in 0..<50 {
            // Its own three, and the directory that ls reads.
            let process = try spawn(["/bin/sh", "-c", "test $(ls /proc/self/fd | wc -l) = 4"], environment: [:])
            #expect(ProcessIdentity(of: process)?.collectExitStatus() == 0)
        }
    }

    @Test func anImageThatNothingStandsForIsUnavailable() async throws {
        try await ProcessWorld.run { world, _ in
            let specification = ContainerSpecification(name: "web", image: "nginx:1")
            let error = await #expect(throws: ContainerStartError.self) {
                try await world.runner.start(specification, in: world.place())
            }
            guard case .imageUnavailable(image: "nginx:1", let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("map the image to a command"))
        }
    }

    @Test func aProgramThatIsNotThereDoesNotStart() async throws {
        try await ProcessWorld.run { world, _ in
            let specification = ContainerSpecification(name: "web", image: "test", entryPoint: ["/no/such"])
            await #expect(
                throws: ContainerStartError.cannotStart(reason: "/no/such: No such file or directory")
            ) {
                try await world.runner.start(specification, in: world.place())
            }
        }
    }

    @Test func aBuiltInImageRunsItsProgramWhateverItsTag() async throws {
        try await ProcessWorld.run(builtIn: ["reconcile/hello": ["/bin/echo", "hello"]]) { world, events in
            let specification = ContainerSpecification(name: "web", image: "reconcile/hello:2", command: ["again"])
            let container = try await world.runner.start(specification, in: world.place())
            _ = await events.end(of: container)
            #expect(events.lines(of: container) == ["hello again"])
        }
    }
}
