import LocalCloud
import TestSupport
import Testing

@Suite(.tags(.small))
struct PortRuleTests {
    @Test(
        "ports below 1024 are shifted where they may not be used",
        arguments: [
            (0, 80, 80), (8000, 80, 8080), (8000, 443, 8443), (8000, 1023, 9023), (8000, 1024, 1024),
            (8000, 8080, 8080),
        ])
    func shift(_ shift: Int, _ port: Int, _ bound: Int) {
        #expect(PortRule(shift: shift).boundPort(port) == bound)
    }
}
