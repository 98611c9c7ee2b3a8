import Glibc

/// The hold of a cloud that runs on one of the blocks of loopback addresses: a socket that listens at the last address of
/// the block's load balancers, which ends with the process that has it.
final class LoopbackBlock: Sendable {
    let number: Int
    private let socket: CInt

    /// - Parameter preferred: the block that the cloud had before, which it must have again, for its addresses are written
    ///   down; `nil` for any.
    /// - Throws: ``CloudStoreError`` when another cloud has it.
    init(_ preferred: Int?, startingAt first: Int) throws(CloudStoreError) {
        let candidates = preferred.map { [$0] } ?? Account.blocks.map { ($0 + first) % Account.blocks.count }
        for number in candidates {
            if let socket = Self.listen(number) {
                self.number = number
                self.socket = socket
                return
            }
        }
        throw .addressesInUse(block: preferred)
    }

    deinit {
        close(socket)
    }

    private static func listen(_ number: Int) -> CInt? {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let range = Account(block: number).balancerAddresses
        guard LoopbackPort.bind(descriptor, to: 65_534, address: range.address(at: range.count - 1)),
            Glibc.listen(descriptor, 1) == 0
        else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
