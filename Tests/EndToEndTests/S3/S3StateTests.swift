import AttributeTree
import Foundation
import Synchronization
import TestBackends
import Testing

extension EndToEndTests {
    /// A state in S3, as a user has it.
    @Suite struct S3StateTests {
        @Test(
            "A state in S3 does what one in a file does: apply, saved plan, history, diff, attach, destroy",
            Moto.isInstalled())
        func story() async throws {
            try await Moto.run { moto in
                try await Workplace.withS3State([("Cluster", "one"), ("Cluster", "two")], on: moto.access) { place in
                    try await place.reconcile("plan", "--out", "saved.json").expect(status: 0)
                    try await place.reconcile("apply", "saved.json").expect(status: 0)
                    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                    let stale = try await place.reconcile("apply", "saved.json").expect(status: 1)
                    #expect(stale.errors.contains("make the plan again"), "\(stale.errors)")

                    try place.edit("resources.yaml", "name: two", "name: three")
                    // A second place with the same manifests, as a colleague has it.
                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    let history = try await place.reconcile("history", "-o", "json").expect(status: 0).json
                    #expect(history["applies"].strings("outcome") == ["succeeded", "succeeded"])
                    let difference = try await place.reconcile("diff", "1", "2", "-o", "json").expect(status: 0).json
                    #expect(difference["differences"].strings("address") == ["Cluster/three", "Cluster/two"])
                    try await place.reconcile("attach").expect(status: 0)
                    try await place.reconcile("status").expect(status: 0)

                    try await place.reconcile("destroy", "--yes").expect(status: 0)
                    let left = try await Inventory(of: place.aws)
                    #expect(left == .empty)
                    #expect(!FileManager.default.fileExists(atPath: place.directory.path + "/manifests/.reconcile"))
                }
            }
        }

        @Test("What a bucket does not allow is told with what to do about it", Moto.isInstalled())
        func refusals() async throws {
            try await Moto.run { moto in
                try await Workplace.withS3State([("Cluster", "one")], on: moto.access) { place in
                    try place.edit("reconcile.yaml", Workplace.stateBucket, "nowhere")
                    for command in [["plan"], ["apply", "--yes"], ["history"], ["lock", "status"]] {
                        let outcome = try await place.reconcile(command).expect(status: 1)
                        #expect(outcome.errors.contains("there is no bucket \"nowhere\""), "\(outcome.errors)")
                        #expect(outcome.errors.contains("aws s3 mb s3://nowhere"), "\(outcome.errors)")
                    }
                    try place.edit("reconcile.yaml", "nowhere/race", Workplace.stateBucket + "/race")
                    try await place.reconcile("plan", "--out", "saved.json").expect(status: 0)
                    try place.edit("reconcile.yaml", "metadata: {name: race}", "metadata: {name: shop}")
                    let other = try await place.reconcile("plan").expect(status: 1)
                    #expect(other.errors.contains("is of project race, environment production"), "\(other.errors)")
                    try place.edit("reconcile.yaml", Workplace.stateBucket, "Not_A_Bucket")
                    let invalid = try await place.reconcile("validate").expect(status: 65)
                    #expect(invalid.errors.contains("3 to 63 lower-case letters"), "\(invalid.errors)")
                }
            }
        }

        @Test(
            "A lock says who has it, and can be broken; whoever had it records nothing more and fails",
            Moto.isInstalled())
        func locks() async throws {
            try await Moto.run { moto in
                try await Workplace.with("hello", on: moto.access) { place in
                    try place.suitMoto()
                    try await place.keepStateInS3()
                    let free = try await place.reconcile("lock", "status").expect(status: 0)
                    #expect(free.output == "hello, environment local: nobody has the lock\n")
                    // The service never progresses, and so the first holds the lock until it is taken away.
                    let first = try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                        guard try AttributeValue(json: line).isStart(of: "await Service/web") else { return }
                        try await breaks(place, lockOf: program.processID)
                    }.expect(status: 1)
                    let last = try #require(try first.events.last)
                    #expect(last["event"] == "finished" && last["outcome"] == "lockLost")
                    let history = try await place.reconcile("history", "-o", "json").expect(status: 0).json
                    #expect(history["applies"].strings("outcome") == ["interrupted"])
                    try await place.reconcile("destroy", "--yes").expect(status: 0)
                }
            }
        }

        private func breaks(_ place: Workplace, lockOf processID: Int) async throws {
            let status = try await place.reconcile("lock", "status", "-o", "json").expect(status: 0).json
            #expect(Self.status.mismatches(of: status) == [])
            #expect(status["holder"]?["processID"] == .int(processID))
            let second = try await place.reconcile("apply", "--yes").expect(status: 75)
            #expect(second.errors.contains("process \(processID): apply, since "), "\(second.errors)")
            #expect(second.errors.contains("unless it is renewed"), "\(second.errors)")
            let asking = try await place.reconcile("lock", "break").expect(status: 64)
            #expect(asking.errors.contains("add --yes"), "\(asking.errors)")
            let broken = try await place.reconcile("lock", "break", "--yes").expect(status: 0)
            #expect(broken.output.contains("process \(processID): apply is broken"), "\(broken.output)")
            let again = try await place.reconcile("lock", "break", "--yes").expect(status: 0)
            #expect(again.output.contains("there is nothing to break"), "\(again.output)")
        }

        private static let holder: AttributeValue = [
            "user": "string", "processID": "int", "command": "string", "since": "string", "until": "string",
        ]
        private static let status: JSONShape = [
            "formatVersion": "int", "project": "string", "environment": "string", "holder": holder, "expired": "any",
        ]
        private static let expired: JSONShape = [
            "formatVersion": "int", "project": "string", "environment": "string", "holder": "any", "expired": holder,
        ]

        @Test(
            "Whoever was killed under the lock is named when the lease is over, until another has it",
            Moto.isInstalled())
        func expiredLock() async throws {
            try await Moto.run { moto in
                try await Workplace.withS3State([("Cluster", "one")], on: moto.access) { place in
                    var place = place
                    place.reconcile.environment["RECONCILE_LOCK_LEASE"] = "3s"
                    let killed = Mutex(0)
                    try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                        guard try AttributeValue(json: line).isStart(of: "create Cluster/one") else { return }
                        try program.kill()
                        killed.withLock { $0 = program.processID }
                    }.expect(status: 128 + 9)
                    let status = try await eventually("the end of the lease") {
                        try await place.reconcile("lock", "status", "-o", "json").expect(status: 0).json
                    } until: {
                        $0["holder"] == .null
                    }
                    #expect(Self.expired.mismatches(of: status) == [])
                    let number = killed.withLock { $0 }
                    #expect(status["expired"]?["processID"] == .int(number))
                    let told = try await place.reconcile("lock").expect(status: 0)
                    #expect(told.output.contains("nobody has the lock; that of "), "\(told.output)")
                    #expect(told.output.contains("process \(number): apply, since "), "\(told.output)")
                    #expect(told.output.hasSuffix("Z: the next apply takes it over\n"), "\(told.output)")
                    let broken = try await place.reconcile("lock", "break", "--yes").expect(status: 0)
                    #expect(broken.output.hasSuffix("; there is nothing to break\n"), "\(broken.output)")
                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    let free = try await place.reconcile("lock", "status", "-o", "json").expect(status: 0).json
                    #expect(free["holder"] == .null && free["expired"] == .null)
                }
            }
        }

        @Test("Who only looks writes nothing; a plan that is saved makes the state that it names", Moto.isInstalled())
        func looking() async throws {
            try await Moto.run { moto in
                try await Workplace.withS3State([("Cluster", "one")], on: moto.access) { place in
                    let calls = try await moto.calls {
                        try await place.reconcile("status").expect(status: 1)
                        for command in [["plan"], ["history"], ["lock", "status"], ["attach"]] {
                            try await place.reconcile(command).expect(status: 0)
                        }
                    }
                    #expect(calls.contains("s3:GET"))
                    #expect(!calls.contains("s3:PUT"), "\(calls.counts)")
                    let saving = try await moto.calls {
                        for _ in 1...2 { try await place.reconcile("plan", "--out", "saved.json").expect(status: 0) }
                    }
                    #expect(saving.counts["s3:PUT"] == 1)
                    try await place.reconcile("apply", "saved.json").expect(status: 0)
                    let later = try await moto.calls { try await place.reconcile("plan").expect(status: 0) }
                    #expect(!later.contains("s3:PUT"))
                }
            }
        }

        @Test(
            "What was applied with a state in S3 is in the history, can be compared, and gone back to",
            PythonPrograms.areInstalled())
        func history() async throws {
            try await LocalEndpoint.run(clockRate: 30) { cloud in
                try await Workplace.with("hello", on: cloud.access) { place in
                    // Where the cloud is AWS, nothing is asked of load balancers by their addresses on this machine.
                    try place.leaveTargetGroupAlone()
                    try await place.keepStateInS3()
                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    let early = try await place.reconcile("rollback", "web", "--yes").expect(status: 1)
                    #expect(early.errors.contains("nothing to roll back to"), "\(early.errors)")
                    try place.setVariable("VERSION", to: "2")
                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    try await place.reconcile("rollback", "web", "--yes").expect(status: 0)
                    #expect(try await revision(place)?.hasSuffix("/web:1") == true)

                    let list = try await place.reconcile("history", "-o", "json").expect(status: 0).json
                    #expect(list["applies"].strings("command") == ["apply", "apply", "rollback"])
                    #expect(list["applies"].strings("outcome") == ["succeeded", "succeeded", "succeeded"])
                    let shown = try await place.reconcile("history", "show", "3", "-o", "json").expect(status: 0).json
                    #expect(shown["command"] == "rollback")
                    #expect(shown["steps"].strings("outcome").allSatisfy { $0 == "succeeded" })
                    let difference = try await place.reconcile("diff", "1", "2", "-o", "json").expect(status: 0).json
                    #expect(difference["differences"].strings("address") == ["TaskDefinition/web"])
                    let unknown = try await place.reconcile("history", "show", "7").expect(status: 64)
                    #expect(unknown.errors.contains("numbered from 1 to 3"), "\(unknown.errors)")

                    // The manifests go on to say what they say.
                    try await place.reconcile("apply", "--yes").expect(status: 0)
                    #expect(try await revision(place)?.hasSuffix("/web:2") == true)
                    try await place.reconcile("plan", "--detailed-exitcode").expect(status: 0)
                    try await place.reconcile("destroy", "--yes").expect(status: 0)
                }
            }
        }

        private func revision(_ place: Workplace) async throws -> String? {
            let found = try await place.aws("ecs", "describe-services", "--cluster", "hello", "--services", "web")
            return found["services"]?[0]?["taskDefinition"]?.stringValue
        }

        @Test("The lock on a state in a file is not broken while its process lives", Moto.isInstalled())
        func lockOfAFile() async throws {
            try await Moto.run { moto in
                try await Workplace.with("hello", on: moto.access) { place in
                    try place.suitMoto()
                    try await place.reconcile("apply", "--yes", "-o", "json") { line, program in
                        guard try AttributeValue(json: line).isStart(of: "await Service/web") else { return }
                        let status = try await place.reconcile("lock").expect(status: 0)
                        #expect(status.output.contains("process \(program.processID): apply"), "\(status.output)")
                        let refused = try await place.reconcile("lock", "break", "--yes").expect(status: 1)
                        #expect(refused.errors.contains("end that process"), "\(refused.errors)")
                        try program.kill()
                    }.expect(status: 128 + 9)
                    let free = try await place.reconcile("lock", "status", "-o", "json").expect(status: 0).json
                    #expect(free["holder"] == .null)
                }
            }
        }
    }
}
