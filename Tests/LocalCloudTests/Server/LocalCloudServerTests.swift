import AttributeTree
import Foundation
import LocalCloud
import TestBackends
import TestSupport
import Testing

@Suite(.tags(.large), .serialized, PythonPrograms.areInstalled())
struct LocalCloudServerTests {
    @Test("boto3 speaks with it: all protocols, large bodies, many calls on one connection, and what is refused")
    func boto3() async throws {
        let output = try await withCloud { connection, _ in
            try await python(
                connection,
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
        let output = try await withCloud { connection, _ in
            try await python(
                connection,
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
        try await withCloud { connection, _ in
            let aws = AWSCLI(access(connection))
            try await aws("ecs", "create-cluster", "--cluster-name", "hello")
            #expect(try await aws("ecs", "list-clusters")["clusterArns"]?.listValue?.count == 1)
            let session = try await aws("sts", "get-session-token")["Credentials"]
            var environment = access(connection).environment.merging(["PATH": Program.searchPath]) { $1 }
            environment["AWS_ACCESS_KEY_ID"] = session?["AccessKeyId"]?.stringValue
            environment["AWS_SECRET_ACCESS_KEY"] = session?["SecretAccessKey"]?.stringValue
            environment["AWS_SESSION_TOKEN"] = session?["SessionToken"]?.stringValue
            let program = Program(try program("aws"), ["ecs", "list-clusters"], environment: environment)
            let outcome = try await program.run()
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test("after a restart it is at the same port with the same keys, and everything is as it was")
    func restart() async throws {
        try await TemporaryDirectory.with { directory in
            let first = try await run(in: directory.url.path) { connection in
                try await AWSCLI(access(connection))("ecs", "create-cluster", "--cluster-name", "hello")
                #expect(try CloudConnection.read(from: directory.url.path) == connection)
                return connection
            }
            #expect(try CloudConnection.read(from: directory.url.path) == nil)
            try await run(in: directory.url.path) { connection in
                #expect(connection == first)
                let clusters = try await AWSCLI(access(connection))("ecs", "list-clusters")["clusterArns"]
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
                let port = try port(of: connection)
                let health = try await LoopbackRequest(
                    port: port, path: "/_local/health", headers: ["Connection": "close"]
                ).send()
                #expect(health.status == 200)
                let end = LoopbackRequest(
                    "POST", port: port, path: "/_local/shutdown",
                    headers: ["Authorization": "Bearer \(connection.token)", "Connection": "close"])
                #expect(try await end.send().status == 200)
                break
            }
            try await run
            #expect(try CloudConnection.read(from: directory.url.path) == nil)
        }
    }

    private func withCloud<Result: Sendable>(
        _ body: (CloudConnection, String) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.with { directory in
            try await run(in: directory.url.path) { try await body($0, directory.url.path) }
        }
    }

    /// Runs a cloud until `body` is done.
    @discardableResult
    private func run<Result: Sendable>(
        in directory: String, _ body: (CloudConnection) async throws -> Result
    ) async throws -> Result {
        let (connections, continuation) = AsyncStream.makeStream(of: CloudConnection.self)
        let settings = LocalCloudSettings(directory: directory, containerEngine: .none, endsOnSignals: false)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await LocalCloudServer(settings).run { continuation.yield($0) }
            }
            var iterator = connections.makeAsyncIterator()
            guard let connection = await iterator.next() else {
                try await group.waitForAll()
                throw CancellationError()
            }
            let result = try await body(connection)
            group.cancelAll()
            // The next one in this directory has to wait for the end of this one.
            try await group.waitForAll()
            return result
        }
    }

    private func port(of connection: CloudConnection) throws -> Int {
        try #require(connection.endpoint.split(separator: ":").last.flatMap { Int($0) })
    }

    private func access(_ connection: CloudConnection) -> AWSAccess {
        AWSAccess(
            port: (try? port(of: connection)) ?? 0, accessKeyID: connection.accessKeyID,
            secretAccessKey: connection.secretAccessKey, region: connection.region)
    }

    private func program(_ name: String) throws -> URL {
        try #require(PythonPrograms.directory).appending(path: "bin/\(name)")
    }

    /// The lines that a script prints which has `client(service)` and `ClientError`.
    private func python(_ connection: CloudConnection, _ script: String) async throws -> [String] {
        let prelude = """
            import boto3, os
            from botocore.exceptions import ClientError
            client = boto3.client

            """
        let outcome = try await Program(
            try program("python"), ["-c", prelude + script],
            environment: access(connection).environment.merging(["PATH": Program.searchPath]) { $1 }
        ).run()
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").map(String.init)
    }
}
