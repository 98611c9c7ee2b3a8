import LoadBalancing
import TestSupport
import Testing

@Suite(.tags(.small))
struct TargetChooserTests {
    private static let blue = TargetGroupID("blue")
    private static let green = TargetGroupID("green")

    /// Two groups of two targets each: `blue-1`, `blue-2`, `green-1`, `green-2`.
    private struct World {
        var chooser = TargetChooser(cookieNames: CookieNames(group: "g", target: "t", application: "a"))
        var generator: SeededGenerator
        var now = Duration.seconds(1_800_000_000)

        init(seed: UInt64 = 1, stickiness: TargetGroupConfiguration.Stickiness = .none) {
            generator = SeededGenerator(seed: seed)
            update(stickiness: stickiness, blue: ["blue-1", "blue-2"])
        }

        mutating func update(stickiness: TargetGroupConfiguration.Stickiness, blue: [String]) {
            func group(_ names: [String]) -> TargetGroupConfiguration {
                TargetGroupConfiguration(
                    targets: Dictionary(uniqueKeysWithValues: names.map { (Target($0, 80), .active) }),
                    stickiness: stickiness)
            }
            chooser.update(
                [TargetChooserTests.blue: group(blue), TargetChooserTests.green: group(["green-1", "green-2"])],
                statuses: [:], now: now)
        }

        mutating func choose(_ action: ForwardAction, cookies: [String] = []) -> TargetChoice? {
            let now = now
            let headers = cookies.isEmpty ? [] : [(name: "cookie", value: cookies.joined(separator: "; "))]
            return chooser.choose(
                for: action, request: WrittenRequest("http://h/", headers: headers), now: { now }, using: &generator)
        }

        mutating func chosen(_ action: ForwardAction, cookies: [String] = []) throws -> TargetChoice {
            let choice = choose(action, cookies: cookies)
            return try #require(choice)
        }
    }

    private static func action(_ blueWeight: Int, _ greenWeight: Int, stickiness: Duration? = nil) -> ForwardAction {
        ForwardAction(
            [.init(blue, weight: blueWeight), .init(green, weight: greenWeight)], stickiness: stickiness)
    }

    /// What a client sends back of a cookie.
    private static func pair(_ cookie: ResponseCookie?) -> String {
        String(cookie?.header.prefix { $0 != ";" } ?? "")
    }

    @Test("target groups get requests by their weights", arguments: UInt64(0)..<50)
    func weights(seed: UInt64) throws {
        var world = World(seed: seed)
        let weights = (Int.random(in: 0...20, using: &world.generator), Int.random(in: 1...20, using: &world.generator))
        var count = 0
        for _ in 0..<4000 {
            let choice = try world.chosen(Self.action(weights.0, weights.1))
            if choice.key.targetGroup == Self.blue { count += 1 }
        }
        let expected = 4000 * weights.0 / (weights.0 + weights.1)
        #expect(abs(count - expected) < 160, "\(weights)")
        if weights.0 == 0 { #expect(count == 0) }
    }

    @Test("there is no target where no weight, no target group or no target is")
    func none() {
        var world = World()
        #expect(world.choose(Self.action(0, 0)) == nil)
        #expect(world.choose(ForwardAction([])) == nil)
        #expect(world.choose(ForwardAction([.init(TargetGroupID("unknown"))])) == nil)
        world.update(stickiness: .none, blue: [])
        #expect(world.choose(Self.action(1, 0)) == nil)
        #expect(world.choose(Self.action(0, 1))?.cookies == [])
    }

    @Test("a client comes back to its target group, as long as the action names it and the time is not over")
    func groupStickiness() throws {
        var world = World()
        let action = Self.action(1, 1, stickiness: .seconds(60))
        let first = try world.chosen(action)
        let cookie = Self.pair(first.cookies.first)
        #expect(cookie.hasPrefix("g="))
        for _ in 0..<50 {
            #expect(world.choose(action, cookies: ["x=y", cookie])?.key.targetGroup == first.key.targetGroup)
        }
        let other = ForwardAction(
            action.destinations.filter { $0.targetGroup != first.key.targetGroup }, stickiness: .seconds(60))
        #expect(world.choose(other, cookies: [cookie])?.key.targetGroup != first.key.targetGroup)
        world.now += .seconds(61)
        let groups = (0..<50).map { _ in world.choose(action, cookies: [cookie])?.key.targetGroup }
        #expect(Set(groups).count == 2)
    }

    @Test("a client stays with a target group that has lost its weight")
    func weightTakenAway() {
        var world = World()
        let cookie = Self.pair(world.choose(Self.action(1, 0, stickiness: .seconds(60)))?.cookies.first)
        let moved = Self.action(0, 1, stickiness: .seconds(60))
        #expect(world.choose(moved, cookies: [cookie])?.key.targetGroup == Self.blue)
        #expect(world.choose(moved)?.key.targetGroup == Self.green)
    }

    @Test("a client comes back to its target, and its time begins anew with each request")
    func targetStickiness() throws {
        var world = World(stickiness: .balancerCookie(.seconds(60)))
        let first = try world.chosen(Self.action(1, 0))
        var cookie = Self.pair(first.cookies.first)
        #expect(cookie.hasPrefix("t="))
        for _ in 0..<10 {
            world.now += .seconds(50)
            let choice = try world.chosen(Self.action(1, 0), cookies: [cookie])
            #expect(choice.key == first.key)
            cookie = Self.pair(choice.cookies.first)
        }
        world.update(stickiness: .balancerCookie(.seconds(60)), blue: ["blue-3"])
        let moved = try world.chosen(Self.action(1, 0), cookies: [cookie])
        #expect(moved.key.target == Target("blue-3", 80))
        #expect(Self.pair(moved.cookies.first) != cookie)
    }

    @Test("a session by the application's cookie begins with it, and lasts as long as the client brings both")
    func applicationCookie() throws {
        var world = World(stickiness: .applicationCookie(name: "session", .seconds(60)))
        let first = try world.chosen(Self.action(1, 0))
        #expect(first.cookies.first?.companion == "session")
        let cookie = Self.pair(first.cookies.first)
        #expect(cookie.hasPrefix("a="))
        let both = try world.chosen(Self.action(1, 0), cookies: ["session=1", cookie])
        #expect(both.key == first.key)
        #expect(both.cookies.map(\.companion) == [nil])
        let targets = (0..<4).map { _ in world.choose(Self.action(1, 0), cookies: [cookie])?.key.target.address }
        #expect(Set(targets).count == 2)
    }

    @Test("a second cookie serves requests from pages of other sites")
    func crossSiteCookie() throws {
        var world = World(stickiness: .balancerCookie(.seconds(60)))
        world.chooser = TargetChooser(
            cookieNames: CookieNames(group: "g", target: "t", application: "a", crossSiteSuffix: "x"))
        world.update(stickiness: .balancerCookie(.seconds(60)), blue: ["blue-1", "blue-2"])
        let action = Self.action(1, 1, stickiness: .seconds(60))
        let first = try world.chosen(action)
        #expect(first.cookies.map { $0.header.prefix { $0 != "=" } } == ["g", "gx", "t", "tx"])
        #expect(first.cookies.map { $0.header.hasSuffix("; SameSite=None; Secure") } == [false, true, false, true])
        for _ in 0..<20 {
            let again = try world.chosen(action, cookies: [Self.pair(first.cookies[1]), Self.pair(first.cookies[3])])
            #expect(again.key == first.key)
        }
    }

    @Test(
        "a cookie that says nothing is as none",
        arguments: ["t=", "t=x", "t=-", "t=ffffffff-", "t=ffffffff-zz", "tt=1", "t", "t=ffffffffffffffffff-1"])
    func unreadableCookie(_ cookie: String) {
        var world = World(stickiness: .balancerCookie(.seconds(60)))
        let targets = (0..<4).map { _ in world.choose(Self.action(1, 0), cookies: [cookie])?.key.target.address }
        #expect(targets == ["blue-1", "blue-2", "blue-1", "blue-2"])
    }

    @Test("cookies tell nobody an address, and are kept for seven days")
    func opaque() throws {
        var world = World(stickiness: .balancerCookie(.seconds(60)))
        let cookies = try world.chosen(Self.action(1, 0, stickiness: .seconds(60))).cookies
        #expect(cookies.map(\.header).allSatisfy { !$0.contains("blue") && $0.hasSuffix("; Max-Age=604800; Path=/") })
        #expect(cookies.map { Self.pair($0).prefix(2) } == ["g=", "t="])
    }

    @Test("requests are counted until they are finished")
    func outstanding() throws {
        var world = World()
        let choice = try world.chosen(Self.action(1, 0))
        #expect(world.chooser.outstanding(choice.key) == 1)
        world.chooser.finished(choice.key)
        #expect(world.chooser.outstanding(choice.key) == 0)
    }
}
