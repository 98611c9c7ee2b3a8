import AttributeTree
import Foundation
import TestBackends
import Testing

extension EndToEndTests {
    /// What ends before it begins.
    @Suite struct RefusalTests {
        @Test("Without a terminal to ask on and without --yes, nothing is called", Moto.isInstalled())
        func nobodyToAsk() async throws {
            try await Moto.run { moto in
                try await Workplace.with("hello", on: moto.access) { place in
                    let calls = try await moto.calls {
                        for command in [["apply"], ["apply", "-o", "json"], ["destroy"]] {
                            let refused = try await place.reconcile(command).expect(status: 64)
                            #expect(refused.errors.contains("add --yes"), "\(refused.errors)")
                        }
                    }
                    #expect(calls == [])
                    let recorded = try await moto.calls {
                        try await place.reconcile("plan").expect(status: 0)
                    }
                    #expect(recorded.contains("ecs:DescribeClusters"), "the recorder would have seen a call")
                }
            }
        }

        @Test("An API that does not answer is named", arguments: [["plan"], ["apply", "--yes"]])
        func unreachable(command: [String]) async throws {
            let access = AWSAccess(port: try FreePort.find(), accessKeyID: "test", secretAccessKey: "test")
            try await Workplace.with("hello", on: access) { place in
                let outcome = try await place.reconcile(command).expect(status: 1)
                #expect(outcome.errors.contains("127.0.0.1:\(access.port)"), "\(outcome.errors)")
            }
        }

        @Test("Keys that are wrong or missing are told as AWS tells them, and nothing is made", Ministack.isInstalled())
        func wrongKeys() async throws {
            try await Ministack.run(authenticating: true) { ministack in
                try await Workplace.with("hello", on: ministack.access) { place in
                    var access = ministack.access
                    access.secretAccessKey = "another"
                    var wrong = place.reconcile
                    wrong.access = access
                    let refused = try await wrong("apply", "--yes").expect(status: 1)
                    #expect(refused.errors.contains("AuthFailure"), "\(refused.errors)")

                    var without = place.reconcile
                    without.access = nil
                    without.environment = [
                        "AWS_ENDPOINT_URL": "http://127.0.0.1:\(access.port)", "AWS_REGION": access.region,
                    ]
                    let keyless = try await without("apply", "--yes").expect(status: 1)
                    #expect(keyless.errors.contains("AWS_ACCESS_KEY_ID"), "\(keyless.errors)")

                    let found = try await Inventory(of: place.aws)
                    #expect(found == .empty)
                }
            }
        }
    }
}
