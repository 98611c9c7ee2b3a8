import AWSModel
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct BucketTests {
    @Test("a bucket is made, told, and deleted when it is empty")
    func lifecycle() {
        var s3 = ObjectStage()
        #expect(s3("PUT second?x-id=CreateBucket").headers["Location"] == "/second")
        #expect(s3("GET ").texts("Name") == ["box", "second"])
        #expect(s3("HEAD second").headers["x-amz-bucket-region"] == "local-1")
        #expect(s3("PUT second").outcome == "409 BucketAlreadyOwnedByYou")
        s3("PUT second/k", body: "x")
        #expect(s3("DELETE second").outcome == "409 BucketNotEmpty")
        s3("DELETE second/k")
        #expect(s3("DELETE second").outcome == "204")
        #expect(s3("HEAD second").outcome == "404")
        #expect(s3("DELETE second").outcome == "404 NoSuchBucket")
    }

    @Test(arguments: [
        ("ab", "400 InvalidBucketName"), ("Web", "400 InvalidBucketName"), ("-web", "400 InvalidBucketName"),
        ("web-", "400 InvalidBucketName"), ("a..b", "400 InvalidBucketName"), ("10.0.0.1", "400 InvalidBucketName"),
        ("a_b_c", "400 InvalidBucketName"), ("my.bucket-1", "200"), (String(repeating: "a", count: 63), "200"),
        (String(repeating: "a", count: 64), "400 InvalidBucketName"),
    ])
    func names(_ name: String, _ outcome: String) {
        var s3 = ObjectStage()
        #expect(s3("PUT \(name)").outcome == outcome)
    }

    @Test(arguments: [
        (
            "<CreateBucketConfiguration><LocationConstraint>local-1</LocationConstraint></CreateBucketConfiguration>",
            "200"
        ),
        (
            "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>",
            "400 IllegalLocationConstraintException"
        ), ("<CreateBucket", "400 MalformedXML"),
    ])
    func places(_ body: String, _ outcome: String) {
        var s3 = ObjectStage()
        #expect(s3("PUT second", body: body).outcome == outcome)
    }

    @Test(arguments: [
        ("GET box?versioning", "200"), ("GET box?location", "200"), ("GET box?policy", "404 NoSuchBucketPolicy"),
        ("GET box?lifecycle", "404 NoSuchLifecycleConfiguration"), ("GET box?acl", "501 NotImplemented"),
        ("PUT box?versioning", "501 NotImplemented"), ("GET none?versioning", "404 NoSuchBucket"),
        ("POST box", "405 MethodNotAllowed"),
    ])
    func whatBelongsToABucket(_ request: String, _ outcome: String) {
        var s3 = ObjectStage()
        #expect(s3(request).outcome == outcome)
        #expect(s3("GET box?location").texts("LocationConstraint") == ["local-1"])
    }
}
