import AWSClient
import AttributeTree
import Planning
import Reconciliation
import ResourceModel
import TestSupport
import Testing

@testable import AWSKinds

/// What is sent when a manifest no longer has what it had, and where AWS does not simply take the new value.
@Suite("What leaves a manifest", .tags(.small))
struct TakenBackTests {
    private func request(
        _ kind: KindName, fields: [String], attributes: AttributeValue, recorded: AttributeValue,
        observed: AttributeValue? = nil
    ) -> UpdateRequest {
        UpdateRequest(
            address: ResourceAddress(kind: kind, name: "it"), cloudName: "it", identity: ResourceIdentity(id: "arn:it"),
            attributes: attributes, recorded: recorded, observed: observed ?? recorded, fields: fields, tags: [:],
            clientToken: "")
    }

    // A service keeps what `UpdateService` does not mention; what is on has to be turned off.
    @Test(arguments: [
        (
            "serviceConnectConfiguration", #"{"enabled": true, "namespace": "n"}"#, #"{"enabled": false}"#
        ),
        (
            "deploymentConfiguration",
            #"{"alarms": {"alarmNames": ["a"], "enable": true, "rollback": true}, "maximumPercent": 150}"#,
            #"{"alarms": {"alarmNames": [], "enable": false, "rollback": false}, "maximumPercent": 200}"#
        ),
        (
            "deploymentConfiguration",
            #"{"earlySuccessCriteria": {"enable": true, "healthyPercent": 50}}"#,
            #"{"earlySuccessCriteria": {"enable": false, "healthyPercent": 100}}"#
        ),
        ("loadBalancers", #"[{"targetGroup": "arn:g"}]"#, "[]"),
        ("availabilityZoneRebalancing", #""DISABLED""#, #""ENABLED""#),
    ])
    func `is turned off in a service`(field: String, recorded: String, sent: String) throws {
        let request = request(
            .service, fields: [field], attributes: [:], recorded: [field: try json(recorded)].asMap)
        let input = ECSService.modification(ChangeTarget(request, schema: ECSService.schema, translator: .ecs))
        #expect(input?[field] == (try json(sent)))
    }

    @Test func `is a load balancer's security group no longer: it gets its VPC's default one`() async throws {
        let aws = PocketAWS()
        aws.change { $0.balancers["arn:it"] = ["LoadBalancerArn": "arn:it", "VpcId": "vpc-1"] }
        let kind = ELBLoadBalancer(AWSAccess(calling: aws, clock: ImpatientClock(), prober: ScriptedProber()))
        _ = try await kind.update(
            request(
                .loadBalancer, fields: ["securityGroups"], attributes: [:], recorded: ["securityGroups": ["sg-a"]]))
        #expect(aws.log.last == #"elbv2:SetSecurityGroups {"LoadBalancerArn":"arn:it","SecurityGroups":["sg-1"]}"#)
    }

    @Test func `is a reserved capacity that is given back`() async throws {
        let aws = PocketAWS()
        let kind = ELBLoadBalancer(AWSAccess(calling: aws, clock: ImpatientClock(), prober: ScriptedProber()))
        _ = try await kind.update(
            request(
                .loadBalancer, fields: ["minimumLoadBalancerCapacity"], attributes: [:],
                recorded: ["minimumLoadBalancerCapacity": ["capacityUnits": 100]]))
        #expect(
            aws.log == [
                #"elbv2:ModifyCapacityReservation {"LoadBalancerArn":"arn:it","ResetCapacityReservation":true}"#
            ])
    }

    // AWS drops policy and certificate by itself, and refuses a call that mentions them.
    @Test func `is what a listener needs for HTTPS`() async throws {
        let kind = ELBListener(AWSAccess(calling: PocketAWS(), prober: ScriptedProber()))
        let secured: AttributeValue = [
            "protocol": "HTTPS", "sslPolicy": "p",
            "certificates": [["certificate": "arn:1"], ["certificate": "arn:2"]],
        ]
        let fields = ["protocol", "sslPolicy", "certificates"]
        let toHTTP = request(.listener, fields: fields, attributes: ["protocol": "HTTP"], recorded: secured)
        #expect(
            kind.modification(ChangeTarget(toHTTP, schema: ELBListener.schema, translator: .elbv2))
                == ["Protocol": "HTTP"])
        let toHTTPS = request(.listener, fields: fields, attributes: secured, recorded: ["protocol": "HTTP"])
        #expect(
            kind.modification(ChangeTarget(toHTTPS, schema: ELBListener.schema, translator: .elbv2))
                == ["Protocol": "HTTPS", "SslPolicy": "p", "Certificates": [["CertificateArn": "arn:1"]]])
    }

    @Test func `is a variable that has no value, and is not sent`() throws {
        let attributes = try json(
            #"{"containerDefinitions": [{"name": "a", "environment": [{"name": "A"}, {"name": "B", "value": "b"}]}]}"#)
        let input = ECSTaskDefinition.registration(
            CreateRequest(
                address: ResourceAddress(kind: .taskDefinition, name: "it"), cloudName: "it", attributes: attributes,
                tags: [:], clientToken: "", contentHash: ""))
        #expect(input["containerDefinitions"]?[0]?["environment"] == [["name": "B", "value": "b"]])
    }
}

extension [String: AttributeValue] {
    fileprivate var asMap: AttributeValue { .map(self) }
}
