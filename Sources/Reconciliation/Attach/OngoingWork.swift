package import ResourceModel
package import StateModel

/// What there is to follow: what earlier applies have set going and did not wait for until it was final.
package struct OngoingWork: Sendable {
    /// Recorded and not final, in address order.
    package var unfinished: [ResourceAddress]
    /// The last apply; `nil` where there was none.
    package var last: ApplyRecord?
    /// Who is applying at this moment.
    package var holder: LockHolder?

    package init(_ recorded: RecordedState, catalog: KindCatalog, last: ApplyRecord?, holder: LockHolder?) {
        unfinished = recorded.resources.values.filter { $0.phase != .final && catalog[$0.address.kind] != nil }
            .map(\.address).sorted()
        self.last = last
        self.holder = holder
    }
}

/// How it ended.
package struct AttachResult: Sendable {
    package var outcome: ApplyRecord.Outcome
    /// Of what was followed; `nil` when there was nothing to follow.
    package var report: ExecutionReport?
    /// The last apply.
    package var last: ApplyRecord?
    /// Steps of the last apply that were not done: following cannot make up for them.
    package var undone: Undone

    package enum Undone: Sendable, Equatable {
        case nothing
        /// It was killed: what it did not come to is not known.
        case unknown
        /// In the order of the plan.
        case steps([String])
    }

    package init(report: ExecutionReport?, last: ApplyRecord?, undone: Undone) {
        self.report = report
        self.last = last
        self.undone = undone
        outcome = report?.outcome ?? .succeeded
        // What was started is final, and not everything was started: that is no success.
        if outcome == .succeeded, undone != .nothing { outcome = .failed }
    }
}

extension AttachResult.Undone {
    /// Which steps of an apply that has ended were not done.
    package init(of last: ApplyRecord?) throws(StateFormatError) {
        switch last?.outcome {
        case nil, .succeeded?: self = .nothing
        case .failed?, .rolledBack?, .deadline?, .superseded?, .interrupted?, .running?,
            .lockLost?:
            guard let json = last?.report else {
                self = .unknown
                return
            }
            let undone = try ApplyReport(json: json).steps.filter { !$0.isWait && $0.outcome != .succeeded }
            self = undone.isEmpty ? .nothing : .steps(undone.map(\.id))
        }
    }
}
