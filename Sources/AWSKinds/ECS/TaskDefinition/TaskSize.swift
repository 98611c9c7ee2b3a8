import AttributeTree

/// The CPU and memory of a task, in the forms that AWS takes for them, and the pairs that Fargate has.
enum TaskSize {
    /// `"0.25 vCPU"` and `256` as `"256"`; any other value as it is.
    static let cpuUnits: @Sendable (AttributeValue) -> AttributeValue = { value in
        scaled(value, units: ["vcpu", "vcpus"], factor: 1024)
    }

    /// `"1 GB"` and `1024` as `"1024"`; any other value as it is.
    static let mebibytes: @Sendable (AttributeValue) -> AttributeValue = { value in
        scaled(value, units: ["gb"], factor: 1024)
    }

    private static func scaled(_ value: AttributeValue, units: [String], factor: Double) -> AttributeValue {
        if let number = value.intValue { return .string(String(number)) }
        guard let text = value.stringValue?.lowercased().filter({ $0 != " " }) else { return value }
        if let number = Int(text) { return .string(String(number)) }
        for unit in units where text.hasSuffix(unit) {
            guard let amount = Double(text.dropLast(unit.count)), amount.isFinite, amount >= 0, amount < 1e6 else {
                continue
            }
            return .string(String(Int((amount * factor).rounded())))
        }
        return value
    }

    /// The memory, in MiB, that Fargate has for a number of CPU units; `nil` where it has no such size.
    static func fargateMemory(forCPU units: Int) -> [Int]? {
        switch units {
        case 256: [512, 1024, 2048]
        case 512: gibibytes(from: 1, through: 4)
        case 1024: gibibytes(from: 2, through: 8)
        case 2048: gibibytes(from: 4, through: 16)
        case 4096: gibibytes(from: 8, through: 30)
        case 8192: gibibytes(from: 16, through: 60, by: 4)
        case 16384: gibibytes(from: 32, through: 120, by: 8)
        default: nil
        }
    }

    static let fargateCPUs = [256, 512, 1024, 2048, 4096, 8192, 16384]

    private static func gibibytes(from first: Int, through last: Int, by step: Int = 1) -> [Int] {
        stride(from: first, through: last, by: step).map { $0 * 1024 }
    }
}
