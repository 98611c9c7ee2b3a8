extension ServiceModel {
    package static let ecs = ModelTable.read(ModelTable.ecs)
    package static let elbv2 = ModelTable.read(ModelTable.elbv2)
    package static let ec2 = ModelTable.read(ModelTable.ec2)
    package static let sts = ModelTable.read(ModelTable.sts)
    package static let logs = ModelTable.read(ModelTable.logs)
    package static let iam = ModelTable.read(ModelTable.iam)
    package static let ssm = ModelTable.read(ModelTable.ssm)
    package static let secretsmanager = ModelTable.read(ModelTable.secretsmanager)
    package static let tagging = ModelTable.read(ModelTable.tagging)

    /// Reads the table of every service, so ask for one service where one is enough.
    package static var all: [ServiceModel] { [ecs, elbv2, ec2, sts, logs, iam, ssm, secretsmanager, tagging] }
}
