import AttributeTree
import Foundation
import TestBackends
import Testing

extension Program.Outcome {
    /// Records an issue, with everything the program said, unless it ended with this exit status.
    @discardableResult
    func expect(status expected: Int, sourceLocation: SourceLocation = #_sourceLocation) -> Program.Outcome {
        #expect(status == expected, "\(output)\n\(errors)", sourceLocation: sourceLocation)
        return self
    }

    /// The one JSON document that was printed.
    var json: AttributeValue {
        get throws { try AttributeValue(json: output) }
    }

    /// The JSON documents that were printed, one a line.
    var events: [AttributeValue] {
        get throws { try output.split(separator: "\n").map { try AttributeValue(json: String($0)) } }
    }
}
