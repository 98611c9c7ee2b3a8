/// A moment in whole seconds, as signatures carry it: `20150830T123600Z`.
package struct SigningTime: Sendable, Hashable {
    package var secondsSince1970: Int

    package init(secondsSince1970: Int) {
        self.secondsSince1970 = secondsSince1970
    }

    /// Reads the ISO 8601 basic form `YYYYMMDD'T'HHMMSS'Z'`, and no other.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].reduce(into: 0 as Int?) { value, byte in
                guard let digits = value, (48...57).contains(byte) else { return value = nil }
                value = digits * 10 + Int(byte - 48)
            }
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        self.init(secondsSince1970: days * 86400 + hour * 3600 + minute * 60 + second)
    }

    /// `YYYYMMDD`, the date of a credential scope.
    package var date: String {
        let (year, month, day) = Self.date(days: secondsSince1970.dividedDown(by: 86400))
        return padded(year, 4) + padded(month, 2) + padded(day, 2)
    }
}

extension SigningTime: CustomStringConvertible, Comparable {
    package var description: String {
        let time = secondsSince1970 - secondsSince1970.dividedDown(by: 86400) * 86400
        return "\(date)T\(padded(time / 3600, 2))\(padded(time / 60 % 60, 2))\(padded(time % 60, 2))Z"
    }

    package static func < (left: SigningTime, right: SigningTime) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }
}

extension SigningTime {
    /// Days since 1970-01-01 in the Gregorian calendar. Counting years from March puts the leap day at their end.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }

    /// The inverse of ``days(year:month:day:)``, by eras of 400 years.
    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Int {
    /// The quotient rounded towards minus infinity.
    fileprivate func dividedDown(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
