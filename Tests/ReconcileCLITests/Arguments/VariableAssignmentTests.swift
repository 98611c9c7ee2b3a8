import ReconcileCLI
import TestSupport
import Testing

@Suite("Variables on the command line", .tags(.small))
struct VariableAssignmentTests {
    @Test(arguments: [
        ("tag=1.4.2", "tag", "1.4.2"), ("query=a=b", "query", "a=b"), ("empty=", "empty", ""), (" x =y", " x ", "y"),
    ])
    func `are a name and what follows the first equals sign`(text: String, name: String, value: String) throws {
        let assignment = try #require(VariableAssignment(argument: text))
        #expect((assignment.name, assignment.value) == (name, value))
    }

    @Test(arguments: ["", "tag", "=1.4.2", "="])
    func `have a name`(text: String) {
        #expect(VariableAssignment(argument: text) == nil)
    }
}
