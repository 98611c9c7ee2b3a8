import SigV4
import Testing

struct SigningTimeTests {
    @Test(arguments: [
        ("19700101T000000Z", 0),
        ("20150830T123600Z", 1_440_938_160),
        ("20000229T235959Z", 951_868_799),
        ("20001231T000000Z", 978_220_800),
        ("21000301T000000Z", 4_107_542_400),
        ("19691231T235959Z", -1),
    ])
    func isWrittenAndReadInTheBasicForm(_ text: String, _ seconds: Int) {
        #expect(SigningTime(secondsSince1970: seconds).description == text)
        #expect(SigningTime(text)?.secondsSince1970 == seconds)
    }

    @Test(arguments: ["", "2015-08-30T12:36:00Z", "20150830T123600", "20151330T123600Z", "20150830T1236xxZ"])
    func otherFormsAreRefused(_ text: String) {
        #expect(SigningTime(text) == nil)
    }
}
