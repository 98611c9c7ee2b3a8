/// Why a local cloud cannot be kept in a directory.
package enum CloudStoreError: Error, Sendable, Hashable {
    /// Another process runs the cloud of this directory.
    case inUse(pid: Int?)
    /// A later version of this program wrote it.
    case laterVersion(Int)
    /// What is kept is of an account and region other than those asked for.
    case otherAccount(kept: String)
    /// Another cloud has the addresses that this one has written down; `nil`: all there are.
    case addressesInUse(block: Int?)
    case unusable(path: String, reason: String)
}

extension CloudStoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let pid?): "the local cloud of this directory is run by process \(pid) already"
        case .inUse(nil): "the local cloud of this directory is run by another process already"
        case .laterVersion(let version):
            "the local cloud was kept by a later version of this program, in format \(version)"
        case .otherAccount(let kept): "the local cloud of this directory is that of account \(kept)"
        case .addressesInUse(let block?):
            "the addresses of the local cloud, \(Account(block: block).addresses), are in use by another one"
        case .addressesInUse(nil): "all loopback addresses are in use by other local clouds"
        case .unusable(let path, let reason): "the local cloud cannot be kept in \(path): \(reason)"
        }
    }
}
