import Diagnosis
import ResourceModel
import StateModel
import TestSupport
import Testing

@Suite("Why a call is refused", .tags(.small))
struct RefusalCauseTests {
    @Test(
        arguments: [
            ("AccessDeniedException", "call-not-allowed"), ("UnauthorizedOperation", "call-not-allowed"),
            ("ExpiredTokenException", "credentials-refused"), ("SignatureDoesNotMatch", "credentials-refused"),
            ("UnrecognizedClientException", "credentials-refused"), ("ThrottlingException", "call-throttled"),
            ("RequestLimitExceeded", "call-throttled"), ("LimitExceededException", "over-limit"),
            ("TooManyTargetGroups", "over-limit"), ("InvalidParameterException", "call-refused"),
        ])
    func `the code says why, and there is a remedy`(code: String, cause: String) throws {
        let address = ResourceAddress(kind: "Service", name: "web")
        let explanation = try #require(explainRefusal(of: "ecs:CreateService", with: code, "no", at: address))
        #expect(explanation.cause == cause)
        #expect(explanation.evidence == ["no"])
        #expect(!explanation.sentence.isEmpty && !explanation.remedy.isEmpty)
    }
}
