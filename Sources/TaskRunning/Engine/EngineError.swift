/// Why a container engine did not do what it was asked.
enum EngineError: Error, Sendable, Hashable {
    /// It does not answer, or its answer broke off.
    case unreachable(reason: String)
    /// It answered with a status of 400 and above, and said why.
    case refused(status: Int, message: String)
    /// Its answer is not what the API says.
    case unintelligible(reason: String)

    var reason: String {
        switch self {
        case .unreachable(let reason): "the container engine does not answer: \(reason)"
        case .refused(_, let message): message
        case .unintelligible(let reason): "the container engine's answer is not understood: \(reason)"
        }
    }
}
