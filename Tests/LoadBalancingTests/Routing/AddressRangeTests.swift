import TestSupport
import Testing

@testable import LoadBalancing

@Suite(.tags(.small))
struct AddressRangeTests {
    @Test(
        "a block holds the addresses that begin as it does",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("192.168.1.77/24", "192.168.1.1", true), ("192.168.1.77/24", "192.168.2.1", false),
            ("1.2.3.4/32", "1.2.3.4", true), ("1.2.3.4/32", "1.2.3.5", false), ("1.2.3.4", "1.2.3.4", true),
            ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::1", false), ("::/0", "1.2.3.4", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("::1/128", "::1", true), ("::1/128", "::2", false), ("fe80::/10", "febf::1", true),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ])
    func contains(_ block: String, _ address: String, _ isInside: Bool) throws {
        let range = try #require(AddressRange(AddressBlock(block)))
        let address = try #require(IPAddress(address))
        #expect(range.contains(address) == isInside)
    }

    @Test(
        "what is no block is not taken for one",
        arguments: ["", "/8", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0/8", "host/8"])
    func refuses(_ block: String) {
        #expect(AddressRange(AddressBlock(block)) == nil)
    }
}
