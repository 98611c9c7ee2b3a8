import SigV4

extension SigningTime {
    /// Reads the value of a `Date` header, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7, the form that is sent).
    init?(httpDate text: String) {
        let words = text.split { $0 == " " || $0 == "," || $0 == ":" }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 8, words[7] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let number = month + 1
        self.init("\(words[3])\(number < 10 ? "0" : "")\(number)\(words[1])T\(words[4])\(words[5])\(words[6])Z")
    }
}
