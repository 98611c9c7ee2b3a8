import NIOCore

/// The workers of all event loops, to be reached from any thread.
final class Workers: Sendable {
    private let workers: [NIOLoopBoundBox<Worker>]

    /// - Parameter seed: of what the workers draw by lot.
    init(loops: EventLoopIterator, context: ProxyContext, seed: UInt64) {
        workers = loops.enumerated().map { index, loop in
            NIOLoopBoundBox.makeBoxSendingValue(
                Worker(loop: loop, context: context, seed: seed &+ UInt64(index) &* 0x1234_5678_9ABC_DEF1),
                eventLoop: loop)
        }
    }

    /// The worker of the loop that this is called on.
    func worker(of loop: any EventLoop) -> Worker? {
        workers.first { $0.eventLoop === loop }?.value
    }

    /// Has each worker do this, on its loop, and does not wait for it.
    func forEach(_ body: @escaping @Sendable (Worker) -> Void) {
        for worker in workers {
            worker.eventLoop.execute { body(worker.value) }
        }
    }

    /// Has each worker do this, on its loop, and waits until all have.
    func forEachAndWait(_ body: @escaping @Sendable (Worker) -> Void) async {
        for worker in workers {
            try? await worker.eventLoop.submit { body(worker.value) }.get()
        }
    }
}
