import AttributeTree
import Planning
import Reconciliation
import ResourceModel
import StateModel

/// Plays an ``Execution`` against a world that is a function of the time: without tasks, clocks or chance.
///
/// Boxes are created in a second. How far a box is comes from `row`, given the seconds since its call was answered.
struct Simulation {
    typealias Row = @Sendable (_ box: String, _ seconds: Int) -> StatusRow

    var steps: [Step]
    var settings = ExecutionSettings(timeout: .seconds(60))
    var interval = Duration.seconds(5)
    /// The calls that fail.
    var failing: Set<String> = []
    var interruptAfter: Int?
    var row: Row = { box, _ in .box(box, .final) }
    /// What is told of the lid of a box, where it has one.
    var lid: Row?
    var failingAsks: Range<Int> = 0..<0

    private(set) var asks = 0
    private(set) var lines: [String] = []

    init(_ steps: [Step]) {
        self.steps = steps
    }

    static let definition = KindDefinition(
        schema: KindSchema(
            kind: "Box", summary: "", spec: ObjectSchema([]), nameField: "name", nameRule: StringRule()),
        words: PhaseWords(created: "Created", configured: "Packed", final: "Closed"),
        observedWords: ["Lid": PhaseWords(created: "Cut", configured: "Fitted", final: "Locked")],
        readyPhase: .created, verbs: KindVerbs(createCalls: [], updateCall: "", deleteCalls: []))

    /// Runs to the end. `lines` then has what was told, each line with the second at which it was.
    mutating func run() -> Execution {
        var execution = Execution(
            steps: steps, catalog: KindCatalog([Self.definition]), settings: settings, intervals: ["Box": interval],
            at: .zero
        ) { address in
            SettleRequest.Item(
                address: address, identity: ResourceIdentity(id: address.name), cloudName: address.name,
                attributes: [:])
        }
        var queue: [(at: Duration, signal: Execution.Signal)] = []
        var answeredAt: [String: Duration] = [:]
        var now = Duration.zero
        if let second = interruptAfter { queue.append((.seconds(second), .interrupted)) }
        var actions = execution.begin(at: now)
        while true {
            for action in actions {
                queue += carryOut(action, at: now, answeredAt: &answeredAt)
            }
            queue.sort { $0.at < $1.at }
            guard !execution.isDone, !queue.isEmpty else { return execution }
            let next = queue.removeFirst()
            now = next.at
            actions = execution.handle(next.signal, at: now)
        }
    }

    private mutating func carryOut(
        _ action: Execution.Action, at now: Duration, answeredAt: inout [String: Duration]
    ) -> [(at: Duration, signal: Execution.Signal)] {
        switch action {
        case .emit(let content):
            lines.append("\(now.components.seconds) \(content.line)")
            return []
        case .call(let step):
            let end = now + .seconds(1)
            guard !failing.contains(step.address.name) else {
                return [(end, .callFailed(step.id, StepFailure(.failed, "no")))]
            }
            if case .delete(_, _, retired: true) = step.work { return [(end, .called(step.id, .retiredGone))] }
            answeredAt[step.address.name] = end
            return [(end, .called(step.id, .changed(started: [:])))]
        case .ask(let kind, let items, let asked):
            asks += 1
            if failingAsks.contains(asks) { return [(now, .askFailed(kind, message: "no answer"))] }
            let rows = items.flatMap { item in
                let name = item.address.name
                let seconds = Int((now - (answeredAt[name] ?? .zero)).components.seconds)
                return [row(name, seconds)] + (lid.map { [$0(name, seconds)] } ?? [])
            }
            return [(now, .answered(kind, asked: asked, rows: rows))]
        case .sleep(let kind, let due, let number): return [(due, .woke(kind, number: number))]
        case .storeFinal: return [(now, .stored)]
        }
    }
}

extension ApplyEvent.Content {
    /// As a test writes it.
    var line: String {
        switch self {
        case .resolved(let address, _): "resolved \(address)"
        case .started(let id, _): "started \(id)"
        case .succeeded(let id): "succeeded \(id)"
        case .failed(let id, let failure): "failed \(id): \(failure.message)"
        case .blocked(let id, let causes):
            "blocked \(id) by \(causes.map(\.description).joined(separator: ", "))"
        case .cancelled(let id): "cancelled \(id)"
        case .status(let row): "\(row.address) \(row.state)\(row.waitingFor.map { ", waiting for \($0)" } ?? "")"
        case .unsettled(let address, let failure): "unsettled \(address): \(failure.message)"
        case .explained(let explanation): "explained \(explanation.address): \(explanation.cause)"
        case .finished(let outcome, _): "finished \(outcome)"
        }
    }
}

extension StatusRow {
    static func lid(of box: String, _ phase: Phase) -> StatusRow {
        StatusRow(address: ResourceAddress(kind: "Lid", name: box), phase: phase, state: phase.rawValue)
    }

    static func box(_ name: String, _ phase: Phase, waitingFor: String? = nil) -> StatusRow {
        StatusRow(
            address: ResourceAddress(kind: "Box", name: name), phase: phase,
            state: Simulation.definition.words[phase], waitingFor: waitingFor)
    }
}
