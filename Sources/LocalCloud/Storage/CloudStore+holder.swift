import FoundationEssentials
import Glibc

extension CloudStore {
    /// The process that runs the cloud of this directory, or is starting or ending it; `nil` when none does.
    package static func holder(ofDirectory directory: String) -> Int? {
        guard let content = FileManager.default.contents(atPath: lockPath(in: directory)),
            let pid = pid_t(String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)),
            kill(pid, 0) == 0 || errno == EPERM
        else { return nil }
        return Int(pid)
    }

    static func lockPath(in directory: String) -> String { directory + "/cloud.lock" }
}
