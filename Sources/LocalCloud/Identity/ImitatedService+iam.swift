import AWSModel
import AttributeTree

extension ImitatedService {
    /// AWS IAM: users with keys, and roles. Policies are kept, and nothing asks them.
    package static let iam = ImitatedService(
        .iam, roleOperations.merging(userOperations) { first, _ in first })

    private static let roleOperations: [String: OperationHandler] = [
        "CreateRole": { world, input, context throws(CloudFault) in
            try world.createPrincipal(.role, input, context)
        },
        "GetRole": { world, input, _ throws(CloudFault) in
            ["Role": world.description(of: try world.principal(.role, input))]
        },
        "ListRoles": { world, input, _ throws(CloudFault) in try world.listPrincipals(.role, input) },
        "DeleteRole": { world, input, _ throws(CloudFault) in try world.deletePrincipal(.role, input) },
        "UpdateRole": { world, input, _ throws(CloudFault) in try world.updateRole(input) },
        "UpdateAssumeRolePolicy": { world, input, _ throws(CloudFault) in try world.updateAssumeRolePolicy(input) },
        "TagRole": { world, input, _ throws(CloudFault) in try world.tagRole(input) },
        "UntagRole": { world, input, _ throws(CloudFault) in try world.untagRole(input) },
        "ListRoleTags": { world, input, _ throws(CloudFault) in try world.listRoleTags(input) },
        "ListInstanceProfilesForRole": { world, input, _ throws(CloudFault) in
            try world.listInstanceProfiles(ofRole: input)
        },
        "CreateServiceLinkedRole": { world, input, context throws(CloudFault) in
            try world.createServiceLinkedRole(input, context)
        },
        "AttachRolePolicy": { world, input, _ throws(CloudFault) in try world.attachPolicy(to: .role, input) },
        "DetachRolePolicy": { world, input, _ throws(CloudFault) in try world.detachPolicy(from: .role, input) },
        "ListAttachedRolePolicies": { world, input, _ throws(CloudFault) in
            try world.listAttachedPolicies(of: .role, input)
        },
        "PutRolePolicy": { world, input, _ throws(CloudFault) in try world.putPolicy(of: .role, input) },
        "GetRolePolicy": { world, input, _ throws(CloudFault) in try world.getPolicy(of: .role, input) },
        "DeleteRolePolicy": { world, input, _ throws(CloudFault) in try world.deletePolicy(of: .role, input) },
        "ListRolePolicies": { world, input, _ throws(CloudFault) in try world.listPolicies(of: .role, input) },
    ]

    private static let userOperations: [String: OperationHandler] = [
        "CreateUser": { world, input, context throws(CloudFault) in
            try world.createPrincipal(.user, input, context)
        },
        "GetUser": { world, input, context throws(CloudFault) in try world.getUser(input, context) },
        "ListUsers": { world, input, _ throws(CloudFault) in try world.listPrincipals(.user, input) },
        "DeleteUser": { world, input, _ throws(CloudFault) in try world.deletePrincipal(.user, input) },
        "CreateAccessKey": { world, input, context throws(CloudFault) in try world.createAccessKey(input, context) },
        "ListAccessKeys": { world, input, context throws(CloudFault) in try world.listAccessKeys(input, context) },
        "UpdateAccessKey": { world, input, context throws(CloudFault) in try world.updateAccessKey(input, context) },
        "DeleteAccessKey": { world, input, context throws(CloudFault) in try world.deleteAccessKey(input, context) },
        "AttachUserPolicy": { world, input, _ throws(CloudFault) in try world.attachPolicy(to: .user, input) },
        "DetachUserPolicy": { world, input, _ throws(CloudFault) in try world.detachPolicy(from: .user, input) },
        "ListAttachedUserPolicies": { world, input, _ throws(CloudFault) in
            try world.listAttachedPolicies(of: .user, input)
        },
        "PutUserPolicy": { world, input, _ throws(CloudFault) in try world.putPolicy(of: .user, input) },
        "GetUserPolicy": { world, input, _ throws(CloudFault) in try world.getPolicy(of: .user, input) },
        "DeleteUserPolicy": { world, input, _ throws(CloudFault) in try world.deletePolicy(of: .user, input) },
        "ListUserPolicies": { world, input, _ throws(CloudFault) in try world.listPolicies(of: .user, input) },
    ]
}
