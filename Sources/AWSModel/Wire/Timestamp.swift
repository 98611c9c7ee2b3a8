package import AttributeTree

/// A point in time as the protocols write it. In the tree it is a number of seconds since 1970.
package enum Timestamp {
    package enum Format: String, Sendable, Hashable, CaseIterable {
        /// `2015-01-25T08:00:00Z`
        case iso8601
        /// `Sun, 25 Jan 2015 08:00:00 GMT`
        case rfc822
        /// `1422172800`
        case unixTimestamp
    }

    /// The number as the tree holds it: whole where it is whole.
    static func value(_ seconds: Double) -> AttributeValue {
        Int(exactly: seconds).map { .int($0) } ?? .number(seconds)
    }

    package static func text(_ value: AttributeValue, as format: Format) -> String {
        let seconds = value.doubleValue ?? 0
        switch format {
        case .unixTimestamp: return Int(exactly: seconds).map(String.init) ?? String(seconds)
        case .iso8601: return CivilTime(seconds).iso8601
        case .rfc822: return CivilTime(seconds).rfc822
        }
    }

    /// Reads a time in whichever of the formats it is written: services do not always keep to the one of their model.
    package static func parse(_ text: String) -> AttributeValue? {
        if let seconds = Double(text), seconds.isFinite { return value(seconds) }
        return (CivilTime.parseISO8601(text) ?? CivilTime.parseRFC822(text)).map(value)
    }
}

/// A date and time of day in UTC, in the Gregorian calendar.
private struct CivilTime {
    var year: Int
    var month: Int
    var day: Int
    var secondOfDay: Int
    var milliseconds: Int
    var weekday: Int

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    /// - Parameter seconds: Since 1970; held within the years 0 to 9999, which is what the formats can write.
    init(_ seconds: Double) {
        let thousandths = Int((min(max(seconds, -62_167_219_200), 253_402_300_799.999) * 1000).rounded())
        let whole = floorDivide(thousandths, by: 1000)
        let days = floorDivide(whole, by: 86400)
        milliseconds = thousandths - whole * 1000
        secondOfDay = whole - days * 86400
        weekday = (days + 4) - floorDivide(days + 4, by: 7) * 7
        // The calendar is counted in eras of 400 years that begin on 1 March, so that leap days come last.
        let shifted = days + 719468
        let era = floorDivide(shifted, by: 146097)
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    var iso8601: String {
        let date = "\(padded(year, to: 4))-\(padded(month))-\(padded(day))"
        let fraction = milliseconds == 0 ? "" : ".\(padded(milliseconds, to: 3))"
        return "\(date)T\(timeOfDay)\(fraction)Z"
    }

    var rfc822: String {
        let date = "\(padded(day)) \(Self.months[month - 1]) \(padded(year, to: 4))"
        return "\(Self.weekdays[weekday]), \(date) \(timeOfDay) GMT"
    }

    private var timeOfDay: String {
        "\(padded(secondOfDay / 3600)):\(padded(secondOfDay / 60 % 60)):\(padded(secondOfDay % 60))"
    }

    /// `2015-01-25T08:00:00`, with a fraction or without, then `Z` or an offset such as `+01:00`.
    static func parseISO8601(_ text: String) -> Double? {
        let parts = text.split(whereSeparator: { $0 == "T" || $0 == "t" || $0 == " " })
        guard parts.count == 2, let date = numbers(parts[0], separator: "-"),
            let zone = parts[1].firstIndex(where: { "Zz+-".contains($0) })
        else { return nil }
        guard let time = seconds(ofDay: parts[1][..<zone]), let offset = seconds(ofZone: parts[1][zone...]) else {
            return nil
        }
        return seconds(date, plus: time - offset)
    }

    /// `Sun, 25 Jan 2015 08:00:00 GMT`
    static func parseRFC822(_ text: String) -> Double? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT" || parts[5] == "UTC", let day = Int(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
            let time = seconds(ofDay: parts[4])
        else { return nil }
        return seconds([year, month + 1, day], plus: time)
    }

    private static func seconds(_ date: [Int], plus time: Double) -> Double? {
        guard date.count == 3, (1...12).contains(date[1]), (1...31).contains(date[2]), (0...9999).contains(date[0])
        else { return nil }
        return Double(days(year: date[0], month: date[1], day: date[2]) * 86400) + time
    }

    private static func seconds(ofDay text: Substring) -> Double? {
        let parts = text.split(separator: ":")
        guard parts.count == 3, let hour = Int(parts[0]), let minute = Int(parts[1]), let second = Double(parts[2]),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<61).contains(second)
        else { return nil }
        return Double(hour * 3600 + minute * 60) + second
    }

    private static func seconds(ofZone text: Substring) -> Double? {
        guard let sign = text.first, sign == "+" || sign == "-" else { return text.count == 1 ? 0 : nil }
        guard let parts = numbers(text.dropFirst(), separator: ":"), parts.count == 2, (0..<24).contains(parts[0]),
            (0..<60).contains(parts[1])
        else { return nil }
        return Double(parts[0] * 3600 + parts[1] * 60) * (sign == "-" ? -1 : 1)
    }

    private static func numbers(_ text: Substring, separator: Character) -> [Int]? {
        let parts = text.split(separator: separator).map { Int($0) }
        return parts.contains(nil) ? nil : parts.compactMap(\.self)
    }
}

private func floorDivide(_ number: Int, by divisor: Int) -> Int {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}

private func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
