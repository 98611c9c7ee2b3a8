import AWSModel
import Testing

struct ServiceTableTests {
    @Test func everyTableIsRead() {
        #expect(
            ServiceModel.all.map(\.id)
                == ["ecs", "elbv2", "ec2", "sts", "logs", "iam", "ssm", "secretsmanager", "tagging"])
        for service in ServiceModel.all {
            #expect(!service.operations.isEmpty)
            #expect(!service.shapes.isEmpty)
        }
    }

    @Test func aServiceKnowsHowItIsSpokenTo() {
        let ecs = ServiceModel.ecs
        #expect(ecs.wireProtocol == .awsJSON1_1)
        #expect(ecs.targetPrefix == "AmazonEC2ContainerServiceV20141113")
        #expect(ServiceModel.elbv2.signingName == "elasticloadbalancing")
        #expect(ServiceModel.elbv2.wireProtocol == .awsQuery)
        #expect(ServiceModel.elbv2.xmlNamespace == "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/")
        #expect(ServiceModel.ec2.wireProtocol == .ec2Query)
        #expect(ServiceModel.iam.globalEndpoint == "iam.amazonaws.com")
        #expect(ServiceModel.tagging.wireProtocol == .awsJSON1_1)
    }

    @Test func anOperationKnowsItsShapesErrorsAndPages() throws {
        let create = try #require(ServiceModel.ecs.operation("CreateService"))
        #expect(create.input?.structure?["serviceName"]?.isRequired == true)
        #expect(create.idempotencyToken?.name == nil)
        #expect(create.errors.map(\.code).contains("ClusterNotFoundException"))
        let list = try #require(ServiceModel.ecs.operation("ListServices"))
        #expect(
            list.pagination
                == .init(
                    inputToken: "nextToken", outputToken: "nextToken", results: ["serviceArns"], limit: "maxResults"))
        let roles = try #require(ServiceModel.iam.operation("ListRoles"))
        #expect(roles.pagination?.moreResults == "IsTruncated")
        let describe = try #require(ServiceModel.elbv2.operation("DescribeTargetGroups"))
        #expect(describe.resultWrapper == "DescribeTargetGroupsResult")
        #expect(describe.errors.map(\.code) == ["LoadBalancerNotFound", "TargetGroupNotFound"])
        #expect(try #require(ServiceModel.ecs.operation("RunTask")).idempotencyToken?.name == "clientToken")
    }

    @Test func onlyCallsThatProveIdentityThemselvesAreUnsigned() {
        let unsigned = ServiceModel.all.flatMap(\.operations.values).filter { !$0.isSigned }.map(\.name)
        #expect(unsigned == ["AssumeRoleWithWebIdentity"])
    }

    @Test func shapesCarryWhatAWSSaysOfThem() throws {
        guard case .string(let launchType) = try #require(ServiceModel.ecs.shape(named: "LaunchType")).kind else {
            Issue.record("LaunchType is not a string")
            return
        }
        #expect(launchType.values.contains("FARGATE"))
        guard case .string(let key) = try #require(ServiceModel.ecs.shape(named: "TagKey")).kind else {
            Issue.record("TagKey is not a string")
            return
        }
        #expect(key.length.maximum == 128)
        #expect(key.pattern == #"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"#)
        let task = try #require(ServiceModel.ec2.shape(named: "Vpc")?.structure)
        #expect(task["VpcId"]?.xmlName == "vpcId")
        guard case .list(let tags) = try #require(task["Tags"]).shape.kind else {
            Issue.record("Tags is not a list")
            return
        }
        #expect(tags.itemName == "item")
        #expect(tags.element.structure?.members.map(\.name) == ["Key", "Value"])
    }
}
