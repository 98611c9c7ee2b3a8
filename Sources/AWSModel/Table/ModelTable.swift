/// The notation in which the generated tables write a service, and its reader.
///
/// A table is lines of words; a line that begins with a space belongs to the line above it. A word `name=value` is a
/// setting, a bare word after the first ones a flag.
///
///     service ecs endpoint=ecs signing=ecs version=2014-11-13 protocol=awsJson1_1 target=…
///     operation ListClusters input=ListClustersRequest output=ListClustersResponse errors=ClientException,…
///      page input=nextToken output=nextToken results=clusterArns limit=maxResults
///     structure Cluster                      also `error`, with code= and status=
///      clusterArn String                     a member and its shape; `!` after the name of a required one
///     list Tags Tag min=0 max=50             item= where an element is not called `member`
///     map StringMap String String            key= and value= likewise
///     string TagKey min=1 max=128
///      values A|B                            an enumeration
///      pattern ([\p{L}]*)                    both to the end of the line
///
/// Reading takes a millisecond or two, once for each service a process uses. Tables are checked in and tested: a
/// mistake in one is ours, and stops the process.
enum ModelTable {
    static func read(_ text: StaticString) -> ServiceModel {
        text.withUTF8Buffer { read($0) }
    }

    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> ServiceModel {
        var lines = TableLines(bytes)
        guard let first = lines.next(), first.word(0) == "service" else {
            preconditionFailure("the table does not begin with its service")
        }
        let metadata = ServiceModel.Metadata(first)
        var reader = ModelTableReader()
        let table = ShapeTable { builder in reader.read(&lines, into: &builder) }
        return ServiceModel(metadata: metadata, operations: reader.operations(of: metadata, in: table), table: table)
    }
}

extension ServiceModel.Metadata {
    fileprivate init(_ line: TableLine) {
        guard let wireProtocol = WireProtocol(rawValue: line["protocol"] ?? "") else {
            preconditionFailure("unknown protocol in \(line)")
        }
        self.init(
            id: line.word(1), endpointPrefix: line["endpoint"] ?? "", signingName: line["signing"] ?? "",
            apiVersion: line["version"] ?? "", wireProtocol: wireProtocol, targetPrefix: line["target"],
            xmlNamespace: line["namespace"], globalEndpoint: line["global"])
    }
}
