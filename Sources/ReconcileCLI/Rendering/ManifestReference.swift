import AWSKinds
import Manifests
package import ResourceModel

/// What can be written in manifests, in every form in which it can be read.
package enum ManifestReference {
    package static var schemas: SchemaReference {
        SchemaReference([Project.schema] + AWSProvider.catalog.kinds.map(\.schema))
    }

    /// The text of `docs/manifests.md`.
    package static var markdown: String {
        let kinds = schemas.schemas.map { "- [\($0.kind)](#\($0.kind.rawValue.lowercased())): \($0.summary)" }
        return introduction + kinds.joined(separator: "\n") + "\n\n" + schemas.markdown
    }

    private static let introduction = """
        # Manifests

        <!-- Written by `make reference` from the schemas; change those. -->

        A manifest is a YAML document; a file may hold several, with `---` between them.

        ```yaml
        apiVersion: reconcile/v1
        kind: TargetGroup
        metadata: {name: web}
        spec: {protocol: HTTP, port: 8080, targetType: ip, vpc: default, healthCheckPath: /healthz}
        ```

        | member | |
        |---|---|
        | `apiVersion` | Always `\(Envelope.apiVersion)`. |
        | `kind` | One of those below. |
        | `metadata.name` | What other manifests refer to it by; its name in AWS, unless `spec` says otherwise. |
        | `metadata.protect` | `true` refuses to delete or replace the resource. |
        | `spec` | The fields of the kind: AWS's own names in lowerCamelCase. |

        A field that takes the name, ARN or id of another resource is called without that ending: `targetGroup`, not \
        `targetGroupArn`. A name is that of a resource in the manifests; ARNs and ids mean what exists elsewhere, and \
        `default`, for `vpc`, `subnets` and `securityGroups`, what the account has by default. A field that is not written is left as it is. \
        `reconcile schema Service.loadBalancers` shows the same in a terminal, and `reconcile schema --json-schema` is for \
        editors.

        """ + "\n"
}
