import AWSModel
import SigV4
import Synchronization

/// The objects of one bucket of S3, read and written under conditions.
///
/// A bucket in another region than the client's is found there.
package final class S3Bucket: Sendable {
    package let name: String
    private let client: APIClient
    /// The region of the bucket; `nil` until S3 has said that it is not the client's.
    private let region = Mutex<String?>(nil)

    package init(_ name: String, client: APIClient) {
        self.name = name
        self.client = client
    }

    /// - Returns: `nil` where there is no such object.
    /// - Throws: ``AWSError``, or `CancellationError`.
    package func get(_ key: String) async throws -> StoredObject? {
        let answer = try await send("GetObject", ObjectCall.Request("GET", key))
        switch answer.status {
        case 200: return StoredObject(answer)
        default: return nil
        }
    }

    /// Writes an object where the condition holds.
    ///
    /// It is sent again when no answer has come: then the condition may not hold any more because of the first.
    ///
    /// - Returns: The tag of what was written; `nil` where the condition did not hold.
    /// - Throws: ``AWSError``, or `CancellationError`: then it may or may not have been written.
    package func put(_ body: [UInt8], at key: String, _ condition: WriteCondition) async throws -> String? {
        var request = ObjectCall.Request("PUT", key, body: body)
        request.headers["Content-Type"] = "application/json"
        switch condition {
        case .isNew: request.headers["If-None-Match"] = "*"
        case .isStill(let tag): request.headers["If-Match"] = tag
        }
        let answer = try await send("PutObject", request)
        guard answer.isSuccess else { return nil }
        guard let tag = answer.headers["ETag"] else { throw unreadable("PutObject", answer, "it has no ETag") }
        return tag
    }

    /// The keys that begin with `prefix` and come after `key`, in their order.
    /// - Throws: ``AWSError``, or `CancellationError`.
    package func keys(under prefix: String, after key: String) async throws -> [String] {
        var keys: [String] = []
        var last = key
        while true {
            let query = [("list-type", "2"), ("prefix", prefix), ("start-after", last)]
            let answer = try await send("ListObjectsV2", ObjectCall.Request("GET", nil, query: query))
            guard let page = try? XMLDocument(answer.body).root else {
                throw unreadable("ListObjectsV2", answer, "it is no list of objects")
            }
            keys += page.children.filter { $0.name == "Contents" }.compactMap { $0.child("Key")?.text }
            guard page.child("IsTruncated")?.trimmedText == "true", let next = keys.last, next > last else {
                return keys
            }
            last = next
        }
    }

    private func send(_ operation: String, _ request: ObjectCall.Request) async throws -> WireResponse {
        let name = "s3:\(operation)"
        let asked = region.withLock { $0 }
        let answer = try await client.perform(try call(name, request, asked), repeatable: true)
        guard let elsewhere = answer.headers[ObjectCall.regionHeader], ObjectCall.isRedirect(answer) else {
            return answer
        }
        region.withLock { $0 = elsewhere }
        let second = try await client.perform(try call(name, request, elsewhere), repeatable: true)
        guard !ObjectCall.isRedirect(second) else {
            throw unreadable(operation, second, "the bucket is in no region that S3 names")
        }
        return second
    }

    private func call(_ name: String, _ request: ObjectCall.Request, _ region: String?) throws -> ObjectCall {
        var rules = client.settings.endpointRules(serviceID: "S3")
        if let region { rules.region = region }
        do {
            return ObjectCall(name: name, request: request.wire, endpoint: try rules.endpoint(bucket: self.name))
        } catch {
            throw AWSError(operation: name, kind: .noEndpoint, code: "NoEndpoint", message: error.description)
        }
    }

    private func unreadable(_ operation: String, _ answer: WireResponse, _ reason: String) -> AWSError {
        AWSError(
            operation: "s3:\(operation)", kind: .unreadable, code: "UnreadableAnswer", message: reason,
            status: answer.status, requestID: answer.requestID, attempts: 1)
    }
}

/// On what a write depends.
package enum WriteCondition: Sendable, Hashable {
    /// There is no object of that key.
    case isNew
    /// The object is the one with this tag.
    case isStill(String)
}

/// An object as it was read.
package struct StoredObject: Sendable, Hashable {
    package var body: [UInt8]
    /// Another content has another tag.
    package var tag: String
    /// How long ago it was written, by the clock of the server, in whole seconds: up to a second more or less.
    package var age: Duration

    package init(body: [UInt8], tag: String, age: Duration) {
        self.body = body
        self.tag = tag
        self.age = age
    }

    fileprivate init?(_ answer: WireResponse) {
        func time(_ name: String) -> Int? {
            answer.headers[name].flatMap { SigningTime(httpDate: $0) }?.secondsSince1970
        }
        guard let tag = answer.headers["ETag"] else { return nil }
        // Where a server does not say when, the object counts as just written.
        let age = time("Date").flatMap { now in time("Last-Modified").map { now - $0 } } ?? 0
        self.init(body: answer.body, tag: tag, age: .seconds(max(0, age)))
    }
}

/// One call of S3. Besides success, the answers that say something of the object or the bucket's place are no failures.
struct ObjectCall: Exchange {
    var name: String
    var request: WireRequest
    var endpoint: Endpoint

    var signingName: String { "s3" }
    var signing: Signer.Options { .s3 }
    var rateRule: RateRule? { nil }

    static let regionHeader = "x-amz-bucket-region"

    /// A request for an object; for the bucket itself without a key.
    struct Request: Sendable {
        var method: String
        var key: String?
        var query: [(name: String, value: String)]
        var headers: WireHeaders = [:]
        var body: [UInt8]

        init(_ method: String, _ key: String?, query: [(name: String, value: String)] = [], body: [UInt8] = []) {
            self.method = method
            self.key = key
            self.query = query
            self.body = body
        }

        var wire: WireRequest {
            let parameters = query.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
            return WireRequest(
                method: method, path: "/" + (key.map { PercentEncoding.encode($0, keepingSlash: true) } ?? ""),
                query: parameters.isEmpty ? nil : parameters.joined(separator: "&"), headers: headers, body: body)
        }
    }

    /// The bucket is in another region than the one the call was sent to, or signed for.
    static func isRedirect(_ response: WireResponse) -> Bool {
        [301, 307, 400].contains(response.status) && response.headers[regionHeader] != nil
    }

    func outcome(of response: WireResponse, attempt: Int) -> Result<WireResponse, FailedAttempt> {
        if response.isSuccess { return .success(response) }
        let fault = ServiceFault(response, from: "s3")
        switch (response.status, fault.code) {
        case (404, "NoSuchKey"), (412, _): return .success(response)
        case (301, _), (307, _), (400, "AuthorizationHeaderMalformed"):
            if let region = response.headers[Self.regionHeader], region != endpoint.signingRegion, endpoint.isAWS {
                return .success(response)
            }
        case _: break
        }
        return .failure(FailedAttempt(name, fault, response, attempt: attempt))
    }
}
