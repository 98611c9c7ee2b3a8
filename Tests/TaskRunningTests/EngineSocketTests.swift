import TestSupport
import Testing

@testable import TaskRunning

@Suite(.tags(.small)) struct EngineSocketTests {
    @Test(
        arguments: [
            ([:], ["/var/run/docker.sock", "/run/podman/podman.sock"]),
            (
                ["XDG_RUNTIME_DIR": "/run/user/7"],
                ["/var/run/docker.sock", "/run/user/7/podman/podman.sock", "/run/podman/podman.sock"]
            ),
            (["DOCKER_HOST": "unix:///tmp/engine.sock", "XDG_RUNTIME_DIR": "/run/user/7"], ["/tmp/engine.sock"]),
            (["DOCKER_HOST": "tcp://10.0.0.1:2375"], ["/var/run/docker.sock", "/run/podman/podman.sock"]),
        ] as [([String: String], [String])])
    func theEngineIsLookedForWhereItUsuallyListens(environment: [String: String], paths: [String]) {
        #expect(EngineSocket.candidates(environment: environment) == paths)
    }
}
