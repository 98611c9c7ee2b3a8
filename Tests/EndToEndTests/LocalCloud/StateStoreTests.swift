import AttributeTree
import TestBackends
import Testing

extension EndToEndTests {
    /// What a state store needs of S3, as boto3 sees it.
    @Suite(PythonPrograms.areInstalled())
    struct StateStoreTests {
        @Test("of twelve who create the same object, or write over the same one, exactly one does")
        func races() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3("s3", "create_bucket", bucket)
                let created = try await winner(stage, writers(["IfNoneMatch": "*"]))
                #expect(try await content(stage) == created.body)
                let written = try await winner(stage, writers(["IfMatch": created.tag], again: true))
                #expect(try await content(stage) == written.body)
                #expect(written.tag != created.tag)
                try await stage.boto3.expect([
                    Refused(
                        "to write over what has been written over", writers(["IfMatch": created.tag])[0],
                        "PreconditionFailed", status: 412,
                        "At least one of the pre-conditions you specified did not hold"),
                    Refused(
                        "to write over what is not there",
                        Boto3.Call("s3", "put_object", object.but(["Key": "none", "IfMatch": created.tag])),
                        "NoSuchKey", status: 404, "The specified key does not exist."),
                    Refused(
                        "to read again what is known",
                        Boto3.Call("s3", "get_object", object.but(["IfNoneMatch": written.tag])), "304", status: 304, ""
                    ),
                    Refused(
                        "to delete what has been written over",
                        Boto3.Call("s3", "delete_object", object.but(["IfMatch": created.tag])), "PreconditionFailed",
                        status: 412, ""),
                ])
                try await stage.boto3("s3", "delete_object", object.but(["IfMatch": written.tag]))
                try await stage.boto3("s3", "delete_object", object)
                try await stage.boto3.expect([
                    Refused(
                        "to read what is deleted", Boto3.Call("s3", "get_object", object), "NoSuchKey", status: 404,
                        "The specified key does not exist."),
                    Refused(
                        "to look for what is deleted", Boto3.Call("s3", "head_object", object), "404", status: 404, ""),
                    Refused(
                        "to read from where there is nothing",
                        Boto3.Call("s3", "get_object", object.but(["Bucket": "nowhere"])), "NoSuchBucket", status: 404,
                        ""),
                ])
            }
        }

        @Test("objects are listed in the order of their keys, page by page, with what has a prefix in common as one")
        func listing() async throws {
            try await BotoStage.with { stage in
                try await stage.boto3("s3", "create_bucket", bucket)
                let keys = (1...12).map { "web/history/\($0 < 10 ? "0" : "")\($0)" } + ["web/state", "zoo"]
                let puts = keys.map {
                    Boto3.Call("s3", "put_object", ["Bucket": "state", "Key": .string($0), "Body": "{}"])
                }
                for answer in try await stage.boto3.atOnce(puts) { _ = try answer.get() }

                var pages: [[AttributeValue]] = []
                var request: AttributeValue = ["Bucket": "state", "MaxKeys": 5]
                while true {
                    let page = try await stage.boto3("s3", "list_objects_v2", request)
                    pages.append((page["Contents"]?.listValue ?? []).compactMap { $0["Key"] })
                    guard let next = page["NextContinuationToken"] else { break }
                    request["ContinuationToken"] = next
                }
                #expect(pages.map(\.count) == [5, 5, 4])
                #expect(pages.flatMap { $0 } == keys.map { .string($0) })

                let folder = try await stage.boto3(
                    "s3", "list_objects_v2", ["Bucket": "state", "Prefix": "web/", "Delimiter": "/"])
                #expect(folder["Contents"]?.listValue?.map { $0["Key"] } == ["web/state"])
                #expect(folder["CommonPrefixes"] == [["Prefix": "web/history/"]])
                let rest = try await stage.boto3(
                    "s3", "list_objects_v2", ["Bucket": "state", "StartAfter": "web/history/12"])
                #expect(rest["Contents"]?.listValue?.map { $0["Key"] } == ["web/state", "zoo"])
            }
        }

        /// Has all write at once.
        private func winner(
            _ stage: BotoStage, _ writers: [Boto3.Call]
        ) async throws -> (body: AttributeValue?, tag: AttributeValue) {
            let answers = try await stage.boto3.atOnce(writers)
            var winners: [(AttributeValue?, AttributeValue)] = []
            for (writer, answer) in zip(writers, answers) {
                switch answer {
                case .success(let answer): winners.append((writer.json["parameters"]?["Body"], answer["ETag"] ?? .null))
                case .failure(let refusal): #expect(refusal.status == 412 && refusal.code == "PreconditionFailed")
                }
            }
            try #require(winners.count == 1 && answers.count == writers.count, "\(answers)")
            return winners[0]
        }

        private func content(_ stage: BotoStage) async throws -> AttributeValue? {
            try await stage.boto3("s3", "get_object", object)["Body"]
        }
    }
}

private let bucket: AttributeValue = [
    "Bucket": "state", "CreateBucketConfiguration": ["LocationConstraint": "local-1"],
]
private let object: AttributeValue = ["Bucket": "state", "Key": "web/state.json"]

/// - Parameter again: with other contents, as who writes again what is there leaves the tag as it is.
private func writers(_ condition: [String: AttributeValue?], again: Bool = false) -> [Boto3.Call] {
    (1...12).map { number in
        let body = "writer \(number)\(again ? " again" : "")"
        return Boto3.Call("s3", "put_object", object.but(condition).but(["Body": .string(body)]))
    }
}
