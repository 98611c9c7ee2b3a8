import AWSClient
import AWSModel
import AttributeTree
import Testing

struct PagingTests {
    @Test func pagesAreJoinedInTheirOrder() async throws {
        let fixture = ClientFixture([
            .answer(200, #"{"clusterArns":["a","b"],"nextToken":"t1"}"#),
            .answer(200, #"{"clusterArns":[],"nextToken":"t2"}"#),
            .answer(200, #"{"clusterArns":["c"]}"#),
        ])
        let output = try await fixture.client.pages("ListClusters", of: .ecs, ["maxResults": 2])
        #expect(output == ["clusterArns": ["a", "b", "c"]])
        #expect(fixture.client.counts.calls == ["ecs:ListClusters": 3])
        let bodies = try fixture.transport.requests.map { try AttributeValue(json: $0.body) }
        #expect(bodies.map { $0["nextToken"] } == [nil, "t1", "t2"])
        #expect(bodies.allSatisfy { $0["maxResults"] == 2 })
    }

    @Test func aMarkerInXMLLeadsOn() async throws {
        func page(_ name: String, marker: String) -> ScriptedTransport.Step {
            .answer(
                200,
                """
                <DescribeLoadBalancersResponse><DescribeLoadBalancersResult><LoadBalancers><member>\
                <LoadBalancerName>\(name)</LoadBalancerName></member></LoadBalancers>\(marker)\
                </DescribeLoadBalancersResult></DescribeLoadBalancersResponse>
                """)
        }
        let fixture = ClientFixture([page("a", marker: "<NextMarker>m</NextMarker>"), page("b", marker: "")])
        let output = try await fixture.client.pages("DescribeLoadBalancers", of: .elbv2)
        #expect(output["LoadBalancers"]?.listValue?.map { $0["LoadBalancerName"] } == ["a", "b"])
    }

    @Test func aTokenThatComesBackEndsTheReading() async throws {
        let page = ScriptedTransport.Step.answer(200, #"{"clusterArns":["a"],"nextToken":"t"}"#)
        let fixture = ClientFixture([page, page, page])
        let error = await #expect(throws: AWSError.self) {
            try await fixture.client.pages("ListClusters", of: .ecs)
        }
        #expect(error?.code == "RepeatedPage")
        #expect(fixture.transport.requests.count == 2)
    }

    @Test func anOperationWithoutPagesIsCalledOnce() async throws {
        let fixture = ClientFixture([.answer(200, #"{"clusters":[]}"#)])
        #expect(try await fixture.client.pages("DescribeClusters", of: .ecs) == ["clusters": []])
    }
}
