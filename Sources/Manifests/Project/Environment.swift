/// One of the places a project is deployed to.
package struct Environment: Sendable, Hashable {
    package enum Cloud: String, Sendable, Hashable, CaseIterable {
        /// The cloud that runs on this machine.
        case local
        case aws
    }

    package var name: String
    package var cloud: Cloud
    /// `nil`: what the AWS settings of the process say.
    package var region: String?
    /// Of the shared AWS configuration files.
    package var profile: String?
    /// The URL of an AWS-compatible server.
    package var endpoint: String?
    /// `nil`: where the state of a project is kept when nothing else is said.
    package var state: StateLocation?
    package var variables: [String: String]
    /// The commands of this machine that stand for images, by patterns of them; of the cloud on this machine.
    package var images: [String: String]

    package init(
        name: String, cloud: Cloud, region: String? = nil, profile: String? = nil, endpoint: String? = nil,
        state: StateLocation? = nil, variables: [String: String] = [:], images: [String: String] = [:]
    ) {
        self.name = name
        self.cloud = cloud
        self.region = region
        self.profile = profile
        self.endpoint = endpoint
        self.state = state
        self.variables = variables
        self.images = images
    }
}

/// Where the state of an environment is kept.
package enum StateLocation: Sendable, Hashable {
    /// Relative to the directory of the file that the project is written in.
    case file(path: String)
    /// The prefix has no slash at its ends, and may be empty.
    case s3(bucket: String, prefix: String)

    static let s3Scheme = "s3://"

    /// Reads a path or `s3://bucket/prefix`; `nil` when the bucket is missing, or cannot be one.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.s3Scheme) else {
            self = .file(path: text)
            return
        }
        let parts = text.dropFirst(Self.s3Scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard let bucket = parts.first, Self.isBucketName(bucket) else { return nil }
        self = .s3(bucket: String(bucket), prefix: parts.dropFirst().filter { !$0.isEmpty }.joined(separator: "/"))
    }

    /// As S3 takes names: 3 to 63 lower-case letters, digits, hyphens and dots, a letter or digit at either end.
    private static func isBucketName(_ text: Substring) -> Bool {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        let isMarked = text.utf8.allSatisfy {
            isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        let ends = [text.utf8.first, text.utf8.last].compactMap(\.self)
        return (3...63).contains(text.utf8.count) && isMarked && ends.allSatisfy(isLetterOrDigit)
            && !text.contains("..")
    }
}

extension StateLocation: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let path): path
        case .s3(let bucket, let prefix): Self.s3Scheme + bucket + (prefix.isEmpty ? "" : "/" + prefix)
        }
    }
}
