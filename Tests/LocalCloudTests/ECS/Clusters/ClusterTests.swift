import AttributeTree
import TestSupport
import Testing

@testable import LocalCloud

@Suite(.tags(.small))
struct ClusterTests {
    @Test("a new cluster has AWS's defaults, and creating it again answers it")
    func creation() throws {
        var stage = ECSStage()
        let created = try stage("CreateCluster", ["clusterName": "hello"])
        #expect(
            created["cluster"] == [
                "clusterArn": "arn:aws:ecs:local-1:000000000000:cluster/hello", "clusterName": "hello",
                "status": "ACTIVE", "registeredContainerInstancesCount": 0, "runningTasksCount": 0,
                "pendingTasksCount": 0, "activeServicesCount": 0, "statistics": [], "tags": [],
                "settings": [["name": "containerInsights", "value": "disabled"]], "capacityProviders": [],
                "defaultCapacityProviderStrategy": [], "attachments": [],
            ])
        #expect(try stage("CreateCluster", ["clusterName": "hello"]) == created)
        #expect(try stage("CreateCluster")["cluster"]?["clusterName"] == "default")
        #expect(try stage("ListClusters")["clusterArns"]?.listValue?.count == 2)
    }

    @Test("what is not asked for is not told")
    func included() throws {
        var stage = ECSStage()
        try stage(
            "CreateCluster",
            [
                "tags": [["key": "team", "value": "blue"]],
                "settings": [["name": "containerInsights", "value": "enabled"]],
            ]
        )
        let plain = try stage("DescribeClusters")["clusters"]?[0]
        #expect(plain?["tags"] == [] && plain?["settings"] == [])
        let whole = try stage("DescribeClusters", ["include": ["TAGS", "SETTINGS", "STATISTICS"]])["clusters"]?[0]
        #expect(whole?["tags"] == [["key": "team", "value": "blue"]])
        #expect(whole?["settings"] == [["name": "containerInsights", "value": "enabled"]])
        #expect(whole?["statistics"]?.listValue?.count == 8)
    }

    @Test("clusters are found by name and by ARN, and the others are failures")
    func found() throws {
        var stage = ECSStage()
        try stage("CreateCluster", ["clusterName": "hello"])
        let answer = try stage(
            "DescribeClusters", ["clusters": ["hello", "arn:aws:ecs:local-1:000000000000:cluster/hello", "other"]])
        #expect(answer["clusters"]?.listValue?.count == 2)
        #expect(
            answer["failures"] == [
                ["arn": "arn:aws:ecs:local-1:000000000000:cluster/other", "reason": "MISSING"]
            ])
    }

    @Test("a deleted cluster is a ghost for an hour, and can be created again")
    func deletion() throws {
        var stage = ECSStage()
        try stage("CreateCluster", ["settings": [["name": "containerInsights", "value": "enabled"]]])
        #expect(try stage("DeleteCluster", ["cluster": "default"])["cluster"]?["status"] == "INACTIVE")
        #expect(try stage("ListClusters")["clusterArns"] == [])
        stage.pass(seconds: 3599)
        #expect(try stage("DescribeClusters")["clusters"]?[0]?["status"] == "INACTIVE")
        stage.pass(seconds: 1)
        #expect(try stage("DescribeClusters")["failures"]?.listValue?.count == 1)
        let again = try stage("CreateCluster")["cluster"]
        #expect(again?["status"] == "ACTIVE" && again?["settings"]?[0]?["value"] == "disabled")
    }

    @Test("capacity providers are replaced as a whole, with a strategy whose base and weight are 0")
    func capacityProviders() throws {
        var stage = ECSStage()
        try stage("CreateCluster")
        let changed = try stage(
            "PutClusterCapacityProviders",
            [
                "cluster": "default", "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
                "defaultCapacityProviderStrategy": [["capacityProvider": "FARGATE", "weight": 1]],
            ])["cluster"]
        #expect(
            changed?["defaultCapacityProviderStrategy"] == [
                ["capacityProvider": "FARGATE", "weight": 1, "base": 0]
            ])
        let providers = try stage("DescribeCapacityProviders", ["capacityProviders": ["FARGATE", "mine"]])
        #expect(providers["capacityProviders"]?[0]?["status"] == "ACTIVE")
        #expect(providers["failures"]?[0]?["reason"] == "MISSING")
    }

    @Test("settings are changed one by one, configurations as a whole")
    func update() throws {
        var stage = ECSStage()
        try stage("CreateCluster")
        let changed = try stage(
            "UpdateClusterSettings",
            ["cluster": "default", "settings": [["name": "containerInsights", "value": "enhanced"]]])
        #expect(changed["cluster"]?["settings"]?[0]?["value"] == "enhanced")
        let configured = try stage(
            "UpdateCluster",
            ["cluster": "default", "configuration": ["executeCommandConfiguration": ["logging": "DEFAULT"]]])
        #expect(configured["cluster"]?["configuration"]?["executeCommandConfiguration"]?["logging"] == "DEFAULT")
        #expect(configured["cluster"]?["settings"]?[0]?["value"] == "enhanced")
    }

    @Test("what the account says of container insights is the default of new clusters")
    func accountDefault() throws {
        var stage = ECSStage()
        try stage("PutAccountSettingDefault", ["name": "containerInsights", "value": "enabled"])
        #expect(try stage("CreateCluster")["cluster"]?["settings"]?[0]?["value"] == "enabled")
        #expect(try stage("ListAccountSettings")["settings"]?.listValue?.count == 1)
        try stage("DeleteAccountSetting", ["name": "containerInsights"])
        #expect(try stage("ListAccountSettings", ["effectiveSettings": true])["settings"]?.listValue?.count == 10)
    }

    @Test("lists come in pages")
    func pages() throws {
        var stage = ECSStage()
        for name in ["a", "b", "c"] { try stage("CreateCluster", ["clusterName": .string(name)]) }
        let first = try stage("ListClusters", ["maxResults": 2])
        #expect(first["clusterArns"]?.listValue?.count == 2)
        let second = try stage("ListClusters", ["maxResults": 2, "nextToken": #require(first["nextToken"])])
        #expect(second["clusterArns"]?.listValue?.count == 1 && second["nextToken"] == nil)
    }

    static let refusals = [
        ECSRefusal(
            "a cluster that does not exist", "DeleteCluster", ["cluster": "other"], "ClusterNotFoundException",
            "Cluster not found."),
        ECSRefusal(
            "a cluster that was deleted", "ListServices", ["cluster": "old"], "ClusterNotFoundException",
            "The referenced cluster was inactive."),
        ECSRefusal(
            "a cluster with a service", "DeleteCluster", ["cluster": "default"], "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active."),
        ECSRefusal(
            "a name that is none", "CreateCluster", ["clusterName": "my cluster"], "InvalidParameterException",
            "Invalid identifier: my cluster"),
        ECSRefusal(
            "more than 100 clusters", "DescribeClusters", ["clusters": .list(Array(repeating: "c", count: 101))],
            "InvalidParameterException", "cluster names can have at most 100 items."),
        ECSRefusal(
            "a token that was not given out", "ListClusters", ["nextToken": "x"], "InvalidParameterException",
            "Invalid token."),
        ECSRefusal(
            "a capacity provider that does not exist", "PutClusterCapacityProviders",
            ["cluster": "default", "capacityProviders": ["mine"], "defaultCapacityProviderStrategy": []],
            "InvalidParameterException",
            "The specified capacity provider 'mine' was not found. Specify a valid name or ARN and try again."),
        ECSRefusal(
            "a strategy beyond the providers", "PutClusterCapacityProviders",
            [
                "cluster": "default", "capacityProviders": ["FARGATE"],
                "defaultCapacityProviderStrategy": [["capacityProvider": "FARGATE_SPOT", "weight": 1]],
            ], "InvalidParameterException",
            "The specified capacity provider strategy cannot contain a capacity provider that is not associated with "
                + "the cluster. Associate the capacity provider with the cluster and try again."),
        ECSRefusal(
            "an empty list of tags", "CreateCluster", ["clusterName": "new", "tags": []], "ClientException",
            "Tags can not be empty."),
        ECSRefusal(
            "a tag that AWS keeps for itself", "TagResource",
            [
                "resourceArn": "arn:aws:ecs:local-1:000000000000:cluster/default",
                "tags": [["key": "aws:x", "value": ""]],
            ], "InvalidParameterException", "Tag keys beginning with aws: are reserved for system use: aws:x"),
        ECSRefusal(
            "an ARN of something else", "ListTagsForResource", ["resourceArn": "arn:aws:s3:::bucket"],
            "InvalidParameterException", "The ARN provided is invalid."),
    ]

    @Test("refusals", arguments: refusals)
    func refuses(_ refusal: ECSRefusal) throws {
        var stage = try ECSStage.withTaskDefinition()
        try stage("CreateCluster", ["clusterName": "old"])
        try stage("DeleteCluster", ["cluster": "old"])
        try stage("CreateService", stage.creation())
        let fault = try stage.refusal(refusal.operation, refusal.input)
        #expect(fault == CloudFault(refusal.code, refusal.message))
    }

    @Test("tags are added, replaced and removed, and there are 50 at most")
    func tags() throws {
        var stage = ECSStage()
        let arn = try #require(try stage("CreateCluster")["cluster"]?["clusterArn"])
        try stage(
            "TagResource", ["resourceArn": arn, "tags": [["key": "a", "value": "1"], ["key": "b", "value": ""]]])
        try stage("TagResource", ["resourceArn": arn, "tags": [["key": "a", "value": "2"]]])
        try stage("UntagResource", ["resourceArn": arn, "tagKeys": ["b", "c"]])
        #expect(try stage("ListTagsForResource", ["resourceArn": arn])["tags"] == [["key": "a", "value": "2"]])
        let many = (1...50).map { AttributeValue.map(["key": .string("t\($0)"), "value": ""]) }
        let fault = try stage.refusal("TagResource", ["resourceArn": arn, "tags": .list(many)])
        #expect(fault?.message == "Too many tags.")
    }
}
