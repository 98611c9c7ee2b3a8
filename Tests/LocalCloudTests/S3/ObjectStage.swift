import AWSModel
import TestSupport
import Testing

@testable import LocalCloud

/// A world with the bucket `box`, to which requests of S3 are made: `PUT box/key?x=1`.
struct ObjectStage {
    var stage = CallStage()

    init() {
        self("PUT box")
    }

    /// - Parameter headers: as `Name: value`.
    @discardableResult
    mutating func callAsFunction(
        _ line: String, _ headers: [String] = [], body: String = "", host: String = "127.0.0.1:4566"
    ) -> WireResponse {
        let parts = line.split(separator: " ", maxSplits: 1)
        let target = "/" + (parts.count > 1 ? parts[1] : "")
        let address = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = WireRequest(
            method: String(parts[0]), path: String(address[0]), query: address.count > 1 ? String(address[1]) : nil,
            headers: ["Host": host], body: Array(body.utf8))
        for header in headers {
            let field = header.split(separator: ":", maxSplits: 1)
            request.headers[String(field[0])] = field[1].drop { $0 == " " }.description
        }
        return answerObjectRequest(request, world: &stage.world, context: stage.context)
    }
}

extension WireResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    /// `404 NoSuchKey`, or the status alone.
    var outcome: String {
        guard let error = try? XMLDocument(body).root, error.name == "Error" else { return String(status) }
        return "\(status) \(error.child("Code")?.text ?? "")"
    }

    /// The texts of the elements of a name, wherever they are, in their order.
    func texts(_ name: String) -> [String] {
        func collect(_ element: XMLElement) -> [String] {
            (element.name == name ? [element.text] : []) + element.children.flatMap(collect)
        }
        return (try? XMLDocument(body)).map { collect($0.root) } ?? []
    }
}
