package import Planning
package import ResourceModel
import StateModel

/// Carries out a plan: makes the calls, asks and sleeps that ``Execution`` decides on.
package struct Executor: Sendable {
    private let provider: any Provider
    private let journal: StateJournal
    private let world: EngineWorld
    private let settings: ExecutionSettings
    private let emit: @Sendable (ApplyEvent) -> Void

    package init(
        provider: any Provider, journal: StateJournal, world: EngineWorld, settings: ExecutionSettings,
        emit: @escaping @Sendable (ApplyEvent) -> Void
    ) {
        self.provider = provider
        self.journal = journal
        self.world = world
        self.settings = settings
        self.emit = emit
    }

    /// Returns when every step has ended and everything changed is final, or will not be. Calls that were begun are
    /// always brought to their end, also after an interruption.
    ///
    /// - Parameter started: What was set going before.
    package func run(
        _ plan: Plan, started: [ResourceAddress: [String: String]] = [:], interruption: Interruption
    ) async -> ExecutionReport {
        let kinds = Dictionary(uniqueKeysWithValues: provider.kinds.map { ($0.definition.kind, $0) })
        let shell = Shell(
            journal: journal, world: world,
            caller: StepCaller(world: world, journal: journal, kinds: kinds, updated: plan.updatedAddresses))
        var execution = Execution(
            steps: plan.steps, catalog: world.catalog, settings: settings,
            intervals: Dictionary(
                uniqueKeysWithValues: world.catalog.kinds.map { ($0.kind, provider.pollInterval(for: $0.kind)) }),
            at: world.effects.elapsed(), item: settleItem)
        execution.started = started
        await withTaskGroup(of: Execution.Signal?.self) { group in
            group.addTask {
                await interruption.wait()
                return switch interruption.cause {
                case .user: .interrupted
                case .lockLost(let loss): .lockLost(StepFailure(loss))
                case nil: nil
                }
            }
            carryOut(execution.begin(at: world.effects.elapsed()), of: execution, by: shell, in: &group)
            while !execution.isDone, let next = await group.next() {
                guard let signal = next else { continue }
                carryOut(
                    execution.handle(signal, at: world.effects.elapsed()), of: execution, by: shell, in: &group)
            }
            group.cancelAll()
        }
        return ExecutionReport(of: execution, steps: plan.steps)
    }

    private func carryOut(
        _ actions: [Execution.Action], of execution: Execution, by shell: Shell,
        in group: inout TaskGroup<Execution.Signal?>
    ) {
        for action in actions {
            switch action {
            case .emit(let content): emit(ApplyEvent(time: world.effects.time(), content: content))
            case .call(let step): group.addTask { await shell.call(step) }
            case .ask(let kind, let items, let asked):
                let request = SettleRequest(
                    items: items, rows: execution.board.rows, recorded: journal.current.resources,
                    desired: world.desired)
                group.addTask { await shell.ask(kind, request, asked: asked) }
            case .sleep(let kind, let due, let number):
                group.addTask { await shell.sleep(until: due, then: .woke(kind, number: number)) }
            case .storeFinal(let addresses): group.addTask { await shell.storeFinal(addresses) }
            }
        }
    }

    /// What is asked about a resource: with the attributes the manifests give it, or else the recorded ones.
    private func settleItem(_ address: ResourceAddress) -> SettleRequest.Item? {
        guard let recorded = journal.resource(at: address), let definition = world.catalog[address.kind] else {
            return nil
        }
        let attributes = world.desired[address]?.attributes ?? recorded.attributes
        return SettleRequest.Item(
            address: address, identity: recorded.identity, cloudName: recorded.cloudName,
            attributes: world.resolver(journal).resolveKnown(attributes, by: definition.schema.spec))
    }
}

/// The effects of an execution, each with the signal it ends in.
private struct Shell: Sendable {
    let journal: StateJournal
    let world: EngineWorld
    let caller: StepCaller

    func call(_ step: Step) async -> Execution.Signal {
        do {
            return .called(step.id, try await caller.perform(step))
        } catch {
            return .callFailed(step.id, StepFailure(error))
        }
    }

    func ask(
        _ kind: KindName, _ request: SettleRequest, asked: [ResourceAddress: Int]
    ) async -> Execution.Signal {
        do {
            return .answered(kind, asked: asked, rows: try await caller.kinds[kind]?.settle(request) ?? [])
        } catch {
            return .askFailed(kind, message: String(describing: error))
        }
    }

    /// `nil` when the sleep was cut short because everything has ended.
    func sleep(until due: Duration, then signal: Execution.Signal) async -> Execution.Signal? {
        do {
            try await world.effects.sleep(due)
            return signal
        } catch {
            return nil
        }
    }

    func storeFinal(_ addresses: [ResourceAddress]) async -> Execution.Signal {
        do {
            for address in addresses { try await journal.recordFinal(address, provenForm: world.provenForm) }
            return .stored
        } catch {
            return .storeFailed(StepFailure(error))
        }
    }
}

extension Plan {
    fileprivate var updatedAddresses: Set<ResourceAddress> {
        Set(
            steps.compactMap { step in
                if case .update = step.work { step.address } else { nil }
            })
    }
}
