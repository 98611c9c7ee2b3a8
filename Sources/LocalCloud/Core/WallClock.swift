import FoundationEssentials

/// The time of this machine, whatever the cloud's own is.
enum WallClock {
    static var secondsSince1970: Double { Date().timeIntervalSince1970 }
}
