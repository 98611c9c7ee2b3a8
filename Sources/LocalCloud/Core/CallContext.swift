package import AWSModel
package import AttributeTree

/// What a call may use besides the world: the time, and names nobody has used.
package struct CallContext: Sendable {
    package var now: Moment
    package var caller: Caller
    package var ids: IDSource

    package init(now: Moment, caller: Caller, ids: IDSource) {
        self.now = now
        self.caller = caller
        self.ids = ids
    }
}

/// Who signed a request.
package struct Caller: Sendable, Hashable {
    package var accessKeyID: String
    package var arn: String
    package var userID: String

    package init(accessKeyID: String, arn: String, userID: String) {
        self.accessKeyID = accessKeyID
        self.arn = arn
        self.userID = userID
    }
}

/// Where fresh ids come from; a test gives one that repeats itself.
package struct IDSource: Sendable {
    private let random: @Sendable () -> UInt64

    /// - Parameter random: any 64 bits, others each time.
    package init(random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }) {
        self.random = random
    }

    /// Lower-case hexadecimal digits.
    package func hex(_ digits: Int) -> String {
        var text = ""
        while text.count < digits {
            let part = String(random(), radix: 16)
            text += String(repeating: "0", count: 16 - part.count) + part
        }
        return String(text.prefix(digits))
    }

    /// Decimal digits, as in `ecs-svc/1234567890123456789`.
    package func decimal(_ digits: Int) -> String {
        var text = ""
        while text.count < digits { text += String(random() % 1_000_000_000) }
        return String(text.prefix(digits))
    }

    /// As in `f81d4fae-7dec-41d0-a765-00a0c91e6bf6`.
    package func uuid() -> String {
        let digits = hex(32)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }
}

/// What an operation does: the input fits the operation's shape, and the output has to.
///
/// A refusal leaves the world as it was.
package typealias OperationHandler =
    @Sendable (inout World, AttributeValue, CallContext) throws(CloudFault) -> AttributeValue

/// A service of AWS as far as it is imitated.
package struct ImitatedService: Sendable {
    package let model: ServiceModel
    /// By operation. An operation of the model that is missing is answered as one that AWS does not know.
    package let operations: [String: OperationHandler]

    package init(_ model: ServiceModel, _ operations: [String: OperationHandler]) {
        self.model = model
        self.operations = operations
    }
}
