import AttributeTree
import Foundation
import LocalCloud
import TaskRunning
import TestBackends
import TestSupport
import Testing

@Suite(.tags(.large), .timeLimit(.minutes(5)), .serialized, PythonPrograms.areInstalled())
struct LocalCloudServerTests {
    @Test("boto3 speaks with it: all protocols, large bodies, many calls on one connection, and what is refused")
    func boto3() async throws {
        let output = try await RunningTestCloud.with { connection in
            try await connection.python(
                """
                sts = client('sts')
                print(sts.get_caller_identity()['Arn'])
                print(client('ec2').describe_vpcs()['Vpcs'][0]['IsDefault'])
                print(client('elbv2').describe_load_balancers()['LoadBalancers'])
                ecs = client('ecs')
                for index in range(100):
                    ecs.create_cluster(clusterName=f'c{index}')
                print(len(ecs.list_clusters()['clusterArns']))
                logs = client('logs')
                logs.create_log_group(logGroupName='large')
                logs.create_log_stream(logGroupName='large', logStreamName='one')
                import time
                now = int(time.time() * 1000)
                logs.put_log_events(logGroupName='large', logStreamName='one',
                    logEvents=[{'timestamp': now, 'message': 'x' * 10000} for _ in range(90)])
                events = logs.get_log_events(logGroupName='large', logStreamName='one', startFromHead=True)['events']
                print(sum(len(event['message']) for event in events))
                try:
                    ecs.discover_poll_endpoint()
                except ClientError as error:
                    print(error.response['Error']['Code'])
                wrong = boto3.client('ecs', aws_access_key_id=os.environ['AWS_ACCESS_KEY_ID'],
                    aws_secret_access_key='wrong')
                try:
                    wrong.list_clusters()
                except ClientError as error:
                    print(error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode'])
                """)
        }
        #expect(
            output == [
                "arn:aws:iam::000000000000:root", "True", "[]", "100", "900000", "UnknownOperationException",
                "InvalidSignatureException 400",
            ])
    }

    @Test("objects of several megabytes come and go as S3's clients send them")
    func objects() async throws {
        let output = try await RunningTestCloud.with { connection in
            try await connection.python(
                """
                import io, time
                s3 = client('s3')
                s3.create_bucket(Bucket='state', CreateBucketConfiguration={'LocationConstraint': 'local-1'})
                content = bytes(range(256)) * 20000
                start = time.monotonic()
                s3.put_object(Bucket='state', Key='a key/ü', Body=content)
                s3.put_object(Bucket='state', Key='stream', Body=io.BytesIO(content), ChecksumAlgorithm='SHA256')
                print(time.monotonic() - start < 10)
                print(s3.get_object(Bucket='state', Key='a key/ü')['Body'].read() == content)
                print(s3.head_object(Bucket='state', Key='stream')['ContentLength'])
                try:
                    s3.put_object(Bucket='state', Key='stream', Body=b'', IfNoneMatch='*')
                except ClientError as error:
                    print(error.response['Error']['Code'])
                try:
                    s3.get_object(Bucket='state', Key='none')
                except ClientError as error:
                    print(error.response['Error']['Code'])
                """)
        }
        #expect(output == ["True", "True", "5120000", "PreconditionFailed", "NoSuchKey"])
    }

    @Test("the AWS CLI works with the keys that the file tells, and a session's keys work too")
    func commandLine() async throws {
        try await RunningTestCloud.with { connection in
            let aws = AWSCLI(connection.access)
            try await aws("ecs", "create-cluster", "--cluster-name", "hello")
            #expect(try await aws("ecs", "list-clusters")["clusterArns"]?.listValue?.count == 1)
            let session = try await aws("sts", "get-session-token")["Credentials"]
            var environment = connection.access.environment.merging(["PATH": Program.searchPath]) { $1 }
            environment["AWS_ACCESS_KEY_ID"] = session?["AccessKeyId"]?.stringValue
            environment["AWS_SECRET_ACCESS_KEY"] = session?["SecretAccessKey"]?.stringValue
            environment["AWS_SESSION_TOKEN"] = session?["SessionToken"]?.stringValue
            let program = Program(
                try CloudConnection.program("aws"), ["ecs", "list-clusters"], environment: environment)
            let outcome = try await program.run()
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test("after a restart it is at the same port with the same keys, and everything is as it was")
    func restart() async throws {
        try await TemporaryDirectory.with { directory in
            let first = try await RunningTestCloud.with(in: directory.url.path) { connection in
                try await AWSCLI(connection.access)("ecs", "create-cluster", "--cluster-name", "hello")
                #expect(try CloudConnection.read(from: directory.url.path) == connection)
                return connection
            }
            #expect(try CloudConnection.read(from: directory.url.path) == nil)
            try await RunningTestCloud.with(in: directory.url.path) { connection in
                #expect(connection == first)
                let clusters = try await AWSCLI(connection.access)("ecs", "list-clusters")["clusterArns"]
                #expect(clusters == ["arn:aws:ecs:local-1:000000000000:cluster/hello"])
            }
        }
    }

    @Test("it listens on loopback, answers its health to everybody, and ends when it is asked to")
    func shutdown() async throws {
        try await TemporaryDirectory.with { directory in
            let (connections, continuation) = AsyncStream.makeStream(of: CloudConnection.self)
            let server = LocalCloudServer(LocalCloudSettings(directory: directory.url.path, endsOnSignals: false))
            async let run: Void = server.run { continuation.yield($0) }
            for await connection in connections {
                let health = try await LoopbackRequest(
                    port: connection.port, path: "/_local/health", headers: ["Connection": "close"]
                ).send()
                #expect(health.status == 200)
                let end = LoopbackRequest(
                    "POST", port: connection.port, path: "/_local/shutdown",
                    headers: ["Authorization": "Bearer \(connection.token)", "Connection": "close"])
                #expect(try await end.send().status == 200)
                break
            }
            try await run
            #expect(try CloudConnection.read(from: directory.url.path) == nil)
        }
    }

    @Test("tasks end with the cloud, unless they are to be kept: then they are found again", arguments: [false, true])
    func tasks(_ areKept: Bool) async throws {
        try await withTemporaryDirectory { directory in
            // Seconds nobody else sleeps for, by which the process is known.
            let command = "sleep 3601.\(UInt32.random(in: 1...999_999))"
            let images = [ImageMapping(pattern: "sleeper", command: command)]
            let first = try await RunningTestCloud.with(in: directory.path, images: images, keepsTasks: areKept) {
                try await $0.python(
                    """
                    ecs = client('ecs')
                    ecs.create_cluster(clusterName='default')
                    ecs.register_task_definition(family='sleeper', networkMode='awsvpc',
                        containerDefinitions=[{'name': 'main', 'image': 'sleeper', 'memory': 64}])
                    subnet = client('ec2').describe_subnets()['Subnets'][0]['SubnetId']
                    task = ecs.run_task(taskDefinition='sleeper',
                        networkConfiguration={'awsvpcConfiguration': {'subnets': [subnet]}})['tasks'][0]['taskArn']
                    ecs.get_waiter('tasks_running').wait(tasks=[task], WaiterConfig={'Delay': 1})
                    print(task)
                    """)
            }
            #expect(try isRunning(command) == areKept)
            let second = try await RunningTestCloud.with(in: directory.path, images: images) {
                try await $0.python("print(*client('ecs').list_tasks()['taskArns'])")
            }
            #expect(second == (areKept ? first : []))
            #expect(try !isRunning(command))
        }
    }

    private func isRunning(_ command: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").contains { process in
            let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return words.joined(separator: " ").contains(command)
        }
    }
}
