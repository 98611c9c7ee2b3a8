import CSpawn
import Glibc

/// Why a program was not started.
package struct SpawnError: Error, Sendable, Hashable {
    package var program: String
    /// The system's error number.
    package var code: Int32

    package var reason: String { "\(program): \(String(cString: strerror(code)))" }
}

/// Starts a program in a session of its own, so that its process group can be signalled as a whole and no terminal
/// reaches it. It inherits no descriptor: its input is empty, its output and errors are added to the file `output`.
package func spawn(
    _ arguments: [String], environment: [String: String], output: String = "/dev/null"
) throws(SpawnError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    // Also for reading: so it can be opened, and written to, while nobody reads.
    posix_spawn_file_actions_addopen(&actions, 1, output, O_RDWR | O_APPEND, 0)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Not those found open one by one: another thread may open one more before the program starts.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = Int32(SPAWN_SETSID) | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let program = arguments.first ?? ""
    var process: Int32 = 0
    let code = withCStrings(arguments) { arguments in
        withCStrings(environment.map { "\($0)=\($1)" }) { environment in
            posix_spawnp(&process, program, &actions, &attributes, arguments, environment)
        }
    }
    guard code == 0 else { throw SpawnError(program: program, code: code) }
    return process
}

/// Gives `body` the strings as C takes them, with a null pointer at the end.
private func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    return body(pointers)
}
