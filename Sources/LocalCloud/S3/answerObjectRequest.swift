package import AWSModel

/// Answers a request to S3, as it came over the wire but for the `aws-chunked` encoding, which is taken off. Who signed
/// it is known; a refusal is an answer like others.
package func answerObjectRequest(
    _ request: WireRequest, world: inout World, context: CallContext
) -> WireResponse {
    S3Fault.encode(
        CloudFault("NotImplemented", "This functionality is not implemented.", status: 501),
        requestID: context.ids.hex(16).uppercased())
}
