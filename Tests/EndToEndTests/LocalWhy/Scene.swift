import AttributeTree
import TestBackends

/// A service behind a load balancer, and what is told of it: how it differs from one that comes up, how the apply ends,
/// and which cause is named.
struct Scene: Sendable {
    /// The name of the project and of everything in it, so that scenes can share a cloud.
    var name: String
    var image = "reconcile/hello"
    var variables: [String: String] = [:]
    /// More of its container: YAML members, one a line; `#place` is the directory of the scene.
    var container = ""
    /// More containers: a YAML list.
    var containers = ""
    /// More of the service: YAML members, one a line.
    var service = "deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: true}}"
    var desiredCount = 1
    /// `#1` is the subnet of the first zone.
    var subnets = "default"
    var balancerSubnets = "default"
    /// More of the load balancer.
    var loadBalancer = ""
    /// More of the target group.
    var targetGroup = "healthCheckPath: /healthz"
    /// In seconds of the cloud.
    var healthCheckInterval = 10
    var deregistrationDelay = 5
    /// What is wrong begins with an update: the service as it is without it is applied first.
    var isUpdate = false
    var timeout = 60
    /// What goes wrong with calls: rules of the local cloud. They hold for all scenes of a cloud.
    var faults: [AttributeValue] = []
    /// What others do before the last apply, while it waits, and when it has ended.
    var before: (@Sendable (Workplace) async throws -> Void)?
    var meanwhile: (@Sendable (Workplace) async throws -> Void)?
    var afterwards: (@Sendable (Workplace) async throws -> Void)?

    /// `why` is asked again and again while the apply waits, and may name no cause.
    var isSlow = false

    /// How the apply ends.
    var status = 1
    /// The code of the first cause, `nil` for none, and what its sentence begins with.
    var cause: String?
    var says = ""
    /// What the apply says besides: of what went wrong, and of it all.
    var message = ""
    var closing = ""
    /// What the history calls it; `nil` where it is not asked.
    var outcome: String?
}

extension Scene {
    /// The manifests, in one file.
    var manifest: String {
        ([project, cluster, loadBalancerDocument, listener, targetGroupDocument, taskDefinition, serviceDocument]
            .map { "apiVersion: reconcile/v1\n\($0)" }).joined(separator: "---\n")
    }

    /// The same service without what is wrong with it.
    var sound: Scene {
        var sound = Scene(name: name)
        (sound.desiredCount, sound.deregistrationDelay) = (desiredCount, deregistrationDelay)
        sound.service = service
        return sound
    }

    private var project: String {
        """
        kind: Project
        metadata: {name: \(name)}
        spec: {defaultEnvironment: local, environments: {local: {cloud: local}}}

        """
    }

    private var cluster: String {
        "kind: Cluster\nmetadata: {name: \(name)}\nspec: {capacityProviders: [FARGATE, FARGATE_SPOT]}\n"
    }

    private var loadBalancerDocument: String {
        "kind: LoadBalancer\nmetadata: {name: \(name)}\nspec:\n  subnets: \(balancerSubnets)\n"
            + loadBalancer.indented(by: 2)
    }

    private var listener: String {
        """
        kind: Listener
        metadata: {name: \(name)}
        spec:
          loadBalancer: \(name)
          protocol: HTTP
          port: 80
          defaultActions: [{type: forward, targetGroup: \(name)}]

        """
    }

    private var targetGroupDocument: String {
        """
        kind: TargetGroup
        metadata: {name: \(name)}
        spec:
          {protocol: HTTP, port: 8080, targetType: ip, \(targetGroup),
           healthCheckIntervalSeconds: \(healthCheckInterval), healthCheckTimeoutSeconds: 4, healthyThresholdCount: 2,
           attributes: {deregistration_delay.timeout_seconds: "\(deregistrationDelay)"}}

        """
    }

    private var taskDefinition: String {
        let variables = variables.sorted { $0.key < $1.key }.map { "{name: \($0.key), value: \"\($0.value)\"}" }
        return """
            kind: TaskDefinition
            metadata: {name: \(name)}
            spec:
              cpu: "256"
              memory: "512"
              networkMode: awsvpc
              requiresCompatibilities: [FARGATE]
              executionRole: arn:aws:iam::000000000000:role/execution
              containerDefinitions:
                - name: app
                  image: \(image)
                  portMappings: [{containerPort: 8080}]
                  environment: [\(variables.joined(separator: ", "))]

            """ + container.indented(by: 6) + containers.indented(by: 4)
    }

    private var serviceDocument: String {
        """
        kind: Service
        metadata: {name: \(name)}
        spec:
          cluster: \(name)
          taskDefinition: \(name)
          desiredCount: \(desiredCount)
          launchType: FARGATE
          networkConfiguration: {awsvpcConfiguration: {subnets: \(subnets), assignPublicIp: ENABLED}}
          loadBalancers: [{targetGroup: \(name), containerName: app, containerPort: 8080}]

        """ + service.indented(by: 2)
    }
}

extension String {
    fileprivate func indented(by width: Int) -> String {
        split(separator: "\n").map { String(repeating: " ", count: width) + $0 + "\n" }.joined()
    }
}

/// The members of a container that runs a line of shell in place of its image's program.
func shell(_ line: String) -> String { "entryPoint: [/bin/sh, -c, '\(line)']" }
