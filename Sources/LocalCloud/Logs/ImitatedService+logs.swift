import AWSModel
import AttributeTree

extension ImitatedService {
    /// CloudWatch Logs.
    package static let logs = ImitatedService(
        .logs,
        [
            "CreateLogGroup": { world, input, context throws(CloudFault) in try world.createLogGroup(input, context) },
            "DeleteLogGroup": { world, input, _ throws(CloudFault) in try world.deleteLogGroup(input) },
            "DescribeLogGroups": { world, input, _ throws(CloudFault) in try world.describeLogGroups(input) },
            "PutRetentionPolicy": { world, input, _ throws(CloudFault) in
                try world.setRetention(input["retentionInDays"]?.intValue ?? 0, input)
            },
            "DeleteRetentionPolicy": { world, input, _ throws(CloudFault) in try world.setRetention(nil, input) },
            "TagResource": { world, input, _ throws(CloudFault) in
                let tags = input["tags"]?.mapValue?.compactMapValues(\.stringValue) ?? [:]
                return try world.updateLogTags(input) { $0.merge(tags) { _, new in new } }
            },
            "UntagResource": { world, input, _ throws(CloudFault) in
                let keys = input["tagKeys"]?.listValue?.compactMap(\.stringValue) ?? []
                return try world.updateLogTags(input) { tags in for key in keys { tags[key] = nil } }
            },
            "ListTagsForResource": { world, input, _ throws(CloudFault) in try world.listLogTags(input) },
            "CreateLogStream": { world, input, context throws(CloudFault) in
                try world.createLogStream(input, context)
            },
            "DeleteLogStream": { world, input, _ throws(CloudFault) in try world.deleteLogStream(input) },
            "DescribeLogStreams": { world, input, _ throws(CloudFault) in try world.describeLogStreams(input) },
            "PutLogEvents": { world, input, context throws(CloudFault) in try world.putLogEvents(input, context) },
            "GetLogEvents": { world, input, context throws(CloudFault) in try world.getLogEvents(input, context) },
            "FilterLogEvents": { world, input, context throws(CloudFault) in
                try world.filterLogEvents(input, context)
            },
        ])
}
