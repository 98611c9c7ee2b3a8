import AWSClient
import Reconciliation
import StateModel

extension StateStoreError {
    /// What an error of reading or writing the objects of a state means for who wants the state.
    init(_ error: any Error, at place: StatePlace, writing: Bool) {
        switch error {
        case let error as StateStoreError: self = error
        case let error as AWSError: self = Self.explaining(error, at: place, writing: writing)
        case let error as StateFormatError: self = .damaged(location: place.description, reason: error.description)
        case is CancellationError where writing:
            self = .unwritable(location: place.description, reason: "it was interrupted")
        case is CancellationError: self = .unreadable(location: place.description, reason: "it was interrupted")
        case let error: self = .damaged(location: place.description, reason: "\(error)")
        }
    }

    private static func explaining(_ error: AWSError, at place: StatePlace, writing: Bool) -> StateStoreError {
        switch (error.code, error.status) {
        case ("NoSuchBucket", _): noBucket(place)
        case ("AccessDenied", _), ("403", _): denied(error, place)
        case ("PermanentRedirect", _), ("AuthorizationHeaderMalformed", _), (_, 301): elsewhere(error, place)
        case ("NotImplemented", _): unconditional(error, place)
        case _ where writing: .unwritable(location: place.description, reason: error.description)
        case _: .unreadable(location: place.description, reason: error.description)
        }
    }

    private static func noBucket(_ place: StatePlace) -> StateStoreError {
        .refused(
            location: place.description, reason: "there is no bucket \"\(place.bucket)\"",
            help: [
                "create it in the region of the environment: "
                    + "aws s3 mb s3://\(place.bucket); S3 encrypts what is in it",
                "keep earlier versions: aws s3api put-bucket-versioning --bucket \(place.bucket) "
                    + "--versioning-configuration Status=Enabled",
            ])
    }

    private static func denied(_ error: AWSError, _ place: StatePlace) -> StateStoreError {
        .refused(
            location: place.description, reason: error.description,
            help: [
                "allow s3:GetObject and s3:PutObject on \(place.description.dropFirst("s3://".count))/*, "
                    + "and s3:ListBucket on the bucket \(place.bucket)"
            ])
    }

    private static func elsewhere(_ error: AWSError, _ place: StatePlace) -> StateStoreError {
        .refused(
            location: place.description,
            reason: "the bucket is in another region, and S3 does not say in which (\(error.description))",
            help: ["name its region in the environment, or use a bucket in the region of the environment"])
    }

    private static func unconditional(_ error: AWSError, _ place: StatePlace) -> StateStoreError {
        .refused(
            location: place.description, reason: error.description,
            help: ["a state needs conditional writes (If-Match, If-None-Match), which this server does not have"])
    }
}
