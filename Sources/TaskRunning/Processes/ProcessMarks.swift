/// What the processes of a container are found by, also after a restart and when they have left their session:
/// variables of their environment, which their children inherit.
struct ProcessMarks: Sendable, Hashable {
    static let ownerVariable = "RECONCILE_LOCAL_OWNER"
    static let taskVariable = "RECONCILE_LOCAL_TASK"
    static let containerVariable = "RECONCILE_LOCAL_CONTAINER"

    var owner: String
    var task: String
    var container: String

    init(owner: String, task: String, container: String) {
        self.owner = owner
        self.task = task
        self.container = container
    }

    /// Those of a process; `nil` when it has none, has ended or belongs to another user.
    init?(of process: Int32) {
        guard let environment = ProcessTable.environment(of: process), let owner = environment[Self.ownerVariable],
            let task = environment[Self.taskVariable], let container = environment[Self.containerVariable]
        else { return nil }
        self.init(owner: owner, task: task, container: container)
    }

    var variables: [String: String] {
        [Self.ownerVariable: owner, Self.taskVariable: task, Self.containerVariable: container]
    }
}
