/// What to start and what to stop next in a service, from how many of its tasks are how far: a pure value.
///
/// What holds (``LocalCloud`` tests it over random histories):
/// 1. After the starts, no more than the maximum are wanted, unless more were before.
/// 2. A stop leaves the minimum healthy, or does not touch a healthy task.
/// 3. A task is taken out of a superseded deployment only as a healthy one takes its place, or to make room for one.
struct DeploymentPlan: Sendable, Equatable {
    /// How many tasks a service has while it changes, as ECS rounds it.
    struct Limits: Sendable, Equatable {
        var desired: Int
        /// Below this, no healthy task is stopped.
        var minimum: Int
        /// At this, no task is started.
        var maximum: Int

        init(desired: Int, minimumHealthyPercent: Int, maximumPercent: Int) {
            self.desired = desired
            minimum = (desired * minimumHealthyPercent + 99) / 100
            maximum = desired * maximumPercent / 100
        }
    }

    /// The wanted tasks of one deployment, or how many of them to stop.
    struct Counts: Sendable, Equatable {
        /// On their way to RUNNING.
        var starting = 0
        /// RUNNING, and not yet known to be healthy.
        var waiting = 0
        var healthy = 0
        /// Were healthy, and are not any more.
        var unhealthy = 0

        var total: Int { starting + waiting + healthy + unhealthy }
        var serving: Int { waiting + healthy }
    }

    var start = 0
    var stopOfPrimary = Counts()
    var stopOfSuperseded = Counts()
    /// Tasks are missing, and the limits forbid to start or stop any.
    var isBlocked = false

    var isEmpty: Bool { start == 0 && stopOfPrimary.total == 0 && stopOfSuperseded.total == 0 }

    /// - Parameters:
    ///   - superseded: of all deployments that the primary takes the place of.
    ///   - hasFailed: the primary has been given up: nothing more is started for it, and what serves goes on serving.
    init(_ limits: Limits, primary: Counts, superseded: Counts, hasFailed: Bool) {
        if hasFailed {
            stopSurplus(beyond: limits.desired, primary: primary, superseded: superseded)
        } else {
            roll(limits, primary: primary, superseded: superseded)
        }
    }

    private mutating func stopSurplus(beyond desired: Int, primary: Counts, superseded: Counts) {
        var surplus = max(0, primary.total + superseded.total - desired)
        stopOfPrimary = primary.taking(&surplus, in: [\.starting, \.unhealthy, \.waiting, \.healthy])
        stopOfSuperseded = superseded.taking(&surplus, in: [\.starting, \.unhealthy, \.waiting, \.healthy])
    }

    private mutating func roll(_ limits: Limits, primary: Counts, superseded: Counts) {
        stopOfSuperseded.starting = superseded.starting
        stopOfSuperseded.unhealthy = superseded.unhealthy
        var replaced = max(0, superseded.serving - max(0, limits.desired - primary.healthy))
        stopOfSuperseded.add(superseded.taking(&replaced, in: [\.waiting, \.healthy]))

        var surplus = max(0, primary.starting + primary.serving - limits.desired)
        stopOfPrimary = primary.taking(&surplus, in: [\.starting, \.waiting, \.healthy])
        let healthy = primary.healthy - stopOfPrimary.healthy + superseded.healthy - stopOfSuperseded.healthy
        stopOfPrimary.unhealthy = min(primary.unhealthy, max(0, healthy + primary.unhealthy - limits.desired))

        let missing = max(0, limits.desired - primary.starting - primary.serving)
        let wanted = primary.total + superseded.total - stopOfPrimary.total - stopOfSuperseded.total
        start = min(missing, max(0, limits.maximum - wanted))
        if missing > start {
            makeRoom(
                for: missing - start, spare: healthy - limits.minimum, unhealthy: primary.unhealthy,
                superseded: superseded)
        }
        isBlocked = missing > 0 && isEmpty && primary.starting + primary.waiting == 0
    }

    /// Where the maximum leaves no room for what is missing: unhealthy tasks go one by one, then tasks of superseded
    /// deployments as far as the minimum allows.
    private mutating func makeRoom(for missing: Int, spare: Int, unhealthy: Int, superseded: Counts) {
        if stopOfPrimary.unhealthy < unhealthy {
            stopOfPrimary.unhealthy += 1
            return
        }
        let rest = superseded.subtracting(stopOfSuperseded)
        let waiting = min(missing, rest.waiting)
        stopOfSuperseded.waiting += waiting
        stopOfSuperseded.healthy += min(missing - waiting, rest.healthy, max(0, spare))
    }
}

extension DeploymentPlan.Counts {
    /// Up to so many, of the first kind first; the number becomes what could not be taken.
    fileprivate func taking(_ number: inout Int, in order: [WritableKeyPath<Self, Int>]) -> Self {
        var taken = Self()
        for kind in order {
            taken[keyPath: kind] = min(number, self[keyPath: kind])
            number -= taken[keyPath: kind]
        }
        return taken
    }

    fileprivate mutating func add(_ other: Self) {
        starting += other.starting
        waiting += other.waiting
        healthy += other.healthy
        unhealthy += other.unhealthy
    }

    fileprivate func subtracting(_ other: Self) -> Self {
        Self(
            starting: starting - other.starting, waiting: waiting - other.waiting, healthy: healthy - other.healthy,
            unhealthy: unhealthy - other.unhealthy)
    }
}
