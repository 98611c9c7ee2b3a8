import AttributeTree
import LocalCloud
import TestBackends
import TestSupport
import Testing

@Suite(.tags(.large), .timeLimit(.minutes(5)), PythonPrograms.areInstalled())
struct BalancerSupervisorTests {
    @Test("a listener whose port somebody else has opens it when it is free")
    func busyPort() async throws {
        try await RunningTestCloud.with(clockRate: 50) { connection in
            let port = try FreePort.find()
            let output = try await connection.python(
                """
                import json, socket, time, urllib.request
                def problems():
                    request = urllib.request.Request('\(connection.endpoint)/_local/endpoints',
                        headers={'Authorization': 'Bearer \(connection.token)'})
                    endpoints = json.load(urllib.request.urlopen(request))['endpoints']
                    return [endpoint.get('problem') for endpoint in endpoints]
                def until(condition):
                    while not condition(): time.sleep(0.05)
                elb = client('elbv2')
                subnets = [subnet['SubnetId'] for subnet in client('ec2').describe_subnets(
                    Filters=[{'Name': 'default-for-az', 'Values': ['true']}])['Subnets']]
                balancer = elb.create_load_balancer(Name='main', Subnets=subnets)['LoadBalancers'][0]
                other = socket.create_server((balancer['DNSName'], \(port)))
                elb.create_listener(LoadBalancerArn=balancer['LoadBalancerArn'], Protocol='HTTP', Port=\(port),
                    DefaultActions=[{'Type': 'fixed-response', 'FixedResponseConfig': {'StatusCode': '200'}}])
                until(lambda: problems() and problems()[0])
                other.close()
                until(lambda: problems() == [None])
                print(urllib.request.urlopen(f"http://{balancer['DNSName']}:\(port)/").status)
                """)
            #expect(output == ["200"])
        }
    }

    @Test("a listener answers where its URL says, over HTTP and HTTPS, and what its targets are worth is told")
    func traffic() async throws {
        try await RunningTestCloud.with(clockRate: 50) { connection in
            let ports = [try FreePort.find(), try FreePort.find(), try FreePort.find()]
            let output = try await connection.python(
                """
                import ssl, urllib.request
                elb = client('elbv2')
                subnets = [subnet['SubnetId'] for subnet in client('ec2').describe_subnets(
                    Filters=[{'Name': 'default-for-az', 'Values': ['true']}])['Subnets']]
                balancer = elb.create_load_balancer(Name='main', Subnets=subnets)['LoadBalancers'][0]
                arn = balancer['LoadBalancerArn']
                vpc = client('ec2').describe_vpcs()['Vpcs'][0]['VpcId']
                group = elb.create_target_group(Name='cloud', Protocol='HTTP', Port=\(connection.port), VpcId=vpc,
                    TargetType='ip', HealthCheckPath='/_local/health', HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=2,
                    HealthyThresholdCount=2)['TargetGroups'][0]['TargetGroupArn']
                forward = [{'Type': 'forward', 'TargetGroupArn': group}]
                fixed = [{'Type': 'fixed-response', 'FixedResponseConfig': {
                    'StatusCode': '200', 'ContentType': 'text/plain', 'MessageBody': 'fixed'}}]
                elb.create_listener(LoadBalancerArn=arn, Protocol='HTTP', Port=\(ports[0]), DefaultActions=fixed)
                elb.create_listener(LoadBalancerArn=arn, Protocol='HTTP', Port=\(ports[1]), DefaultActions=forward)
                elb.create_listener(LoadBalancerArn=arn, Protocol='HTTPS', Port=\(ports[2]), DefaultActions=fixed,
                    Certificates=[{'CertificateArn': 'arn:aws:acm:local-1:000000000000:certificate/one'}])
                elb.get_waiter('load_balancer_available').wait(LoadBalancerArns=[arn], WaiterConfig={'Delay': 1})
                elb.register_targets(TargetGroupArn=group, Targets=[{'Id': '127.0.0.1', 'Port': \(connection.port),
                    'AvailabilityZone': 'all'}])
                elb.get_waiter('target_in_service').wait(TargetGroupArn=group, WaiterConfig={'Delay': 1})
                host = balancer['DNSName']
                read = lambda url, **more: urllib.request.urlopen(url, **more).read().decode()
                print(read(f'http://{host}:\(ports[0])/'))
                print('ok' in read(f'http://{host}:\(ports[1])/_local/health'))
                print(read(f'https://{host}:\(ports[2])/', context=ssl._create_unverified_context()))
                print(host)
                """)
            try #require(output.count == 4)
            #expect(output.prefix(3) == ["fixed", "True", "fixed"])
            let answer = try await LoopbackRequest(
                port: connection.port, path: "/_local/endpoints",
                headers: ["Authorization": "Bearer \(connection.token)", "Connection": "close"]
            ).send()
            let endpoints = try AttributeValue(json: answer.body)["endpoints"]?.listValue ?? []
            #expect(
                Set(endpoints.compactMap { $0["url"]?.stringValue }) == [
                    "http://\(output[3]):\(ports[0])", "http://\(output[3]):\(ports[1])",
                    "https://\(output[3]):\(ports[2])",
                ])
        }
    }
}
