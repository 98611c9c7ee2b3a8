import AWSClient
import AWSModel
import Testing

struct RetryQuotaTests {
    @Test func whenItIsSpentNothingIsRetriedUntilCallsSucceed() {
        var quota = RetryQuota()
        for _ in 0..<50 { #expect(quota.withdraw(afterTimeout: true) == 10) }
        #expect(quota.withdraw(afterTimeout: false) == nil)
        for _ in 0..<5 { quota.deposit(nil) }
        #expect(quota.withdraw(afterTimeout: false) == 5)
        quota.deposit(5)
        #expect(quota.available == 5)
    }

    @Test func itNeverHoldsMoreThanInTheBeginning() {
        var quota = RetryQuota()
        quota.deposit(nil)
        #expect(quota.available == 500)
    }

    @Test func oneClientSpendsOneQuota() async throws {
        let fixture = ClientFixture(
            Array(repeating: .answer(500), count: 300), environment: ["AWS_ENDPOINT_URL": "http://local"])
        var attempts: [Int] = []
        for _ in 0..<60 {
            let error = await #expect(throws: AWSError.self) { try await fixture.client.call("ListClusters", of: .ecs) }
            attempts.append(error?.attempts ?? 0)
        }
        #expect(attempts == Array(repeating: 3, count: 50) + Array(repeating: 1, count: 10))
    }
}
