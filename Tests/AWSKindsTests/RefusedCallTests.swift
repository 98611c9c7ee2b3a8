import AWSClient
import AWSKinds
import Reconciliation
import TestSupport
import Testing

@Suite(.tags(.small))
struct RefusedCallTests {
    // An expired token is known as such, and refused by AWS all the same.
    @Test(
        arguments: [
            (.fault, 400, true), (.expiredCredentials, 400, true), (.expiredCredentials, nil, false),
            (.noCredentials, nil, false), (.transport(.timeout), nil, false), (.unreadable, 200, false),
        ] as [(AWSError.Kind, Int?, Bool)])
    func `what the service has answered is a refusal`(kind: AWSError.Kind, status: Int?, isRefusal: Bool) {
        let error = AWSError(operation: "ecs:CreateService", kind: kind, code: "Code", message: "", status: status)
        #expect((error.refusal != nil) == isRefusal)
        #expect(error.refusal.map { $0.code == "Code" && $0.operation == "ecs:CreateService" } ?? true)
    }
}
