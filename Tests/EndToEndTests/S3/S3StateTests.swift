import AttributeTree
import Foundation
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
                    try await place.reconcile("plan").expect(status: 0)
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

        private static let status: JSONShape = [
            "formatVersion": "int", "project": "string", "environment": "string",
            "holder": [
                "user": "string", "processID": "int", "command": "string", "since": "string", "until": "string",
            ],
        ]

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
