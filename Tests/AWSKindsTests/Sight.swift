import AttributeTree
import Diagnosis
import Reconciliation
import ResourceModel
import StateModel
import Testing

@testable import AWSKinds

/// A service `web` that does not come up, at the time 1000, as AWS tells of it; what differs is changed.
struct Sight {
    /// A task, by its id.
    struct Task: Sendable {
        var id: String
        /// The deployment that started it.
        var startedBy: String
        /// More members, in JSON.
        var members: String

        init(_ id: String, _ startedBy: String, _ members: String) {
            (self.id, self.startedBy, self.members) = (id, startedBy, members)
        }
    }

    static let active = #"{"Code": "active"}"#
    static let failure = """
        "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
        "startedAt": 860, "stoppingAt": 890, "stoppedAt": 900, "taskDefinitionArn": "arn:td", "containers": [
            {"name": "app", "image": "app:1", "exitCode": 3, "reason": "OutOfMemoryError: …"},
            {"name": "setup", "image": "setup:1", "exitCode": 0}]
        """
    static let service = """
        {"services": [{
            "desiredCount": 2, "runningCount": 1, "pendingCount": 1, "healthCheckGracePeriodSeconds": 60,
            "deploymentConfiguration": {"minimumHealthyPercent": 50, "maximumPercent": 150},
            "loadBalancers": [{"targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080}],
            "deployments": [
                {"id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": "IN_PROGRESS", "createdAt": 800,
                 "failedTasks": 3}, {"id": "ecs-svc/0"}],
            "events": [
                {"createdAt": 950, "message": "newest"}, {"createdAt": 900, "message": "newer"},
                {"createdAt": 700, "message": "of before"}]}]}
        """

    private var answers = [
        "DescribeServices": service,
        "DescribeServiceDeployments": """
        {"serviceDeployments": [{
            "serviceDeploymentArn": "arn:sd/1", "status": "ROLLBACK_SUCCESSFUL", "statusReason": "breaker",
            "deploymentCircuitBreaker": {"status": "TRIGGERED", "failureCount": 3, "threshold": 3}}]}
        """,
        "DescribeTaskDefinition": """
        {"taskDefinition": {"containerDefinitions": [
            {"name": "app", "logConfiguration": {"logDriver": "awslogs", "options": {
                "awslogs-group": "apps", "awslogs-stream-prefix": "web"}}},
            {"name": "setup", "essential": false}]}}
        """,
        "GetLogEvents": #"{"events": [{"message": "one"}, {"message": "two"}]}"#,
        "DescribeTargetHealth": """
        {"TargetHealthDescriptions": [
            {"Target": {"Id": "10.0.0.7", "Port": 8080}, "TargetHealth": {
                "State": "unhealthy", "Reason": "Target.ResponseCodeMismatch",
                "Description": "Health checks failed with these codes: [404]"}},
            {"Target": {"Id": "10.0.0.8", "Port": 8080}, "TargetHealth": {"State": "draining"}},
            {"Target": {"Id": "10.0.0.9", "Port": 8080}, "TargetHealth": {"State": "unhealthy.draining"}}]}
        """,
        "DescribeTargetGroups": """
        {"TargetGroups": [{
            "TargetGroupArn": "arn:tg", "HealthCheckPath": "/healthz", "HealthCheckTimeoutSeconds": 4,
            "Matcher": {"HttpCode": "200-299"}, "LoadBalancerArns": ["arn:lb"]}]}
        """,
        "DescribeTargetGroupAttributes":
            #"{"Attributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "300"}]}"#,
        "DescribeLoadBalancers": #"{"LoadBalancers": [{"State": \#(active), "CreatedTime": 100}]}"#,
        "DescribeListeners": #"{"Listeners": [{"ListenerArn": "arn:ls", "DefaultActions": []}]}"#,
        "DescribeRules": #"{"Rules": [{"Actions": [{"Type": "forward", "TargetGroupArn": "arn:tg"}]}]}"#,
    ]
    var started = [ECSService.startedDeployment: "ecs-svc/1", ECSService.startedServiceDeployment: "arn:sd/1"]
    var running = [
        Task("runs", "ecs-svc/1", #""startedAt": 920, "taskDefinitionArn": "arn:td""#),
        Task("of-before", "ecs-svc/0", #""startedAt": 990"#),
    ]
    var stopped = [
        Task("early", "ecs-svc/1", #""stopCode": "TaskFailedToStart", "stoppedAt": 850"#),
        Task("of-before-too", "ecs-svc/0", failure),
        Task("late", "ecs-svc/1", failure),
        Task("by-hand", "me", failure),
    ]
    var pageSize = 100
    /// The operations that the credentials may not call.
    var refused: Set<String> = []
    /// What it is gathered from: it keeps the calls of the last time.
    let aws = ScriptedAWS()

    /// What an operation answers, in JSON.
    subscript(operation: String) -> String {
        get { answers[operation] ?? "" }
        set { answers[operation] = newValue }
    }

    func gather(_ tasksRow: StatusRow? = nil) async throws -> Evidence? {
        var script = answers.mapValues { answer -> ScriptedAWS.Answer in { _ in try json(answer) } }
        script["ListTasks"] = listTasks
        script["DescribeTasks"] = describeTasks
        for operation in refused { script[operation] = nil }
        aws.answer(script)
        let item = SettleRequest.Item(
            address: ResourceAddress(kind: .service, name: "web"),
            identity: ResourceIdentity(id: "arn:web", properties: [ECSService.clusterProperty: "arn:cluster"]),
            cloudName: "web", attributes: ["desiredCount": 3], started: started)
        let access = AWSAccess(calling: aws, clock: ImpatientClock(), prober: ScriptedProber())
        var gatherer = EvidenceGatherer(access, item, tasksRow: tasksRow, at: 1000)
        return try await gatherer.gather()
    }

    func evidence(_ tasksRow: StatusRow? = nil) async throws -> Evidence { try #require(try await gather(tasksRow)) }

    /// Page by page; a token is how many were listed.
    private func listTasks(_ input: AttributeValue) -> AttributeValue {
        let tasks = input["desiredStatus"] == "STOPPED" ? stopped : running
        let begin = input["nextToken"]?.stringValue.flatMap { Int($0) } ?? 0
        let end = min(begin + pageSize, tasks.count)
        var answer: AttributeValue = ["taskArns": .list(tasks[begin..<end].map { .string("arn:task/c/\($0.id)") })]
        if end < tasks.count { answer["nextToken"] = .string("\(end)") }
        return answer
    }

    private func describeTasks(_ input: AttributeValue) throws -> AttributeValue {
        let wanted = Set((input["tasks"]?.listValue ?? []).compactMap(\.stringValue))
        let found = (running + stopped).filter { wanted.contains("arn:task/c/\($0.id)") }
        let descriptions = found.map {
            #"{"taskArn": "arn:task/c/\#($0.id)", "startedBy": "\#($0.startedBy)", \#($0.members)}"#
        }
        return try json("{\"tasks\": [\(descriptions.joined(separator: ","))]}")
    }
}
