/// Where a container engine listens on this machine.
enum EngineSocket {
    /// The paths to try, the likelier first: only that in `DOCKER_HOST`, where it names a socket; otherwise Docker's
    /// and Podman's own.
    static func candidates(environment: [String: String]) -> [String] {
        if let host = environment["DOCKER_HOST"], let path = host.wholePath(after: "unix://") { return [path] }
        let user = environment["XDG_RUNTIME_DIR"].map { ["\($0)/podman/podman.sock"] } ?? []
        return ["/var/run/docker.sock"] + user + ["/run/podman/podman.sock"]
    }
}

extension String {
    fileprivate func wholePath(after prefix: String) -> String? {
        hasPrefix(prefix) && count > prefix.count ? String(dropFirst(prefix.count)) : nil
    }
}
