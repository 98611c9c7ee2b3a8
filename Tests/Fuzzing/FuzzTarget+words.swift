import AWSKinds
import AWSModel
import Manifests
import ResourceModel

extension FuzzTarget {
    /// What an input is likely to hold, and bytes changed at random are not.
    package var words: [String] {
        switch self {
        case .yaml: yaml
        case .manifests: yaml + envelope + AWSProvider.catalog.kinds.flatMap { Self.words(of: .object($0.schema.spec)) }
        case .json: ["true", "false", "null", "\\u00e9", "\\ud83d\\ude00", "-0.0", "1e5", "\":", "[[", "{\""]
        case .answers: ["Response>", "Result>", "<member>", "<![CDATA[", "<!--", "&#x41;", "__type"] + membersOfAnswers
        case .requests: [".member.1", ".1", "Action=", "%20", "&", ".entry.1.key="] + membersOfRequests
        case .state: state
        case .http: http
        }
    }

    private var yaml: [String] {
        [
            "---\n", "...\n", "%YAML 1.2\n", "%TAG ! !", "<<: ", "&a ", "*a", "? ", ": ", "- ", "!!str ", "!!int ",
            "!!float ", "!!bool ", "!!null ", "!!map ", "!!seq ", "!<tag:yaml.org,2002:str> ", "! ", "|-\n", ">+\n",
            "|2\n", "\"\\u00e9\"", "\"\\", "''", "# ", "\u{FEFF}", "\u{85}", "\u{2028}", "\r\n", "\t", ".inf", ".nan",
            "0x", "0o", "1e3", "~", "[", "]", "{", "}", ",",
        ]
    }

    private var envelope: [String] {
        [
            "apiVersion: reconcile/v1\n", "kind: ", "metadata: {name: ", "protect: true", "spec:", "environments",
            "defaultEnvironment", "cloud: local", "cloud: aws", "s3://", "variables", "images", "${var.tag}", "${var.",
            "$${", "default", "arn:aws:",
        ] + AWSProvider.catalog.kinds.map(\.kind.rawValue)
    }

    private var state: [String] {
        [
            "resources", "intents", "reports", "address", "identity", "id", "properties", "cloudName", "attributes",
            "dependencies", "phase", "protect", "retired", "reason", "started", "proven", "action", "clientToken",
            "contentHash", "startedAt", "outcome", "retiring", "steps", "calls", "recorded", "explanations", "isWait",
            "failure", "code", "message", "blockedBy", "state", "cause", "sentence", "remedy", "evidence",
            "entries", "snapshots", "locks", "created", "locked", "event", "apply", "finished", "token", "lineage",
            "salt", "began", "removed", "abandoned", "completing", "position", "applies", "leaseSeconds", "holder",
        ].map { "\"\($0)\":" }
    }

    private var http: [String] {
        [
            "GET / HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.0", "\r\n\r\n", "Host: a\r\n", "Content-Length: ",
            "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Upgrade: websocket\r\n", "0\r\n\r\n",
            "Expect: 100-continue\r\n", "HEAD", "OPTIONS *", "CONNECT a:1", "http://a:1/", "[::1]",
        ]
    }

    private static func words(of type: ValueType) -> [String] {
        switch type {
        case .object(let schema): schema.fields.flatMap { [$0.name] + words(of: $0.type) }
        case .list(let rule): words(of: rule.element)
        case .map(let type): words(of: type)
        case .string(let rule): rule.allowed
        case .reference(let rule): rule.literalPrefixes
        case .integer, .number, .boolean: []
        }
    }

    private var membersOfAnswers: [String] {
        members(of: \.output) { member, _ in [member.name, member.xmlName] }
    }

    private var membersOfRequests: [String] {
        members(of: \.input) { member, service in [member.name, member.queryName(in: service.wireProtocol)] }
    }

    /// The names of the operations, and of everything within their shapes.
    private func members(
        of root: KeyPath<OperationModel, Shape?>, _ names: (Member, ServiceModel) -> [String]
    ) -> [String] {
        ServiceModel.all.flatMap { service in
            var seen: Set<Shape> = []
            var pending = service.operations.values.compactMap { $0[keyPath: root] }
            var words = service.operations.keys.map { "\(service.id):\($0)\n" }
            while let shape = pending.popLast() {
                guard seen.insert(shape).inserted else { continue }
                switch shape.kind {
                case .structure(let structure):
                    words += structure.members.flatMap { names($0, service) }
                    pending += structure.members.map(\.shape)
                case .list(let list): pending.append(list.element)
                case .map(let map): pending += [map.key, map.value]
                case .string(let text): words += text.values
                case .integer, .long, .float, .double, .boolean, .timestamp, .blob, .document: break
                }
            }
            return words
        }
    }
}
