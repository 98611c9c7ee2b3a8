import AttributeTree

/// The CPU and memory of a task, and which of them go together on Fargate.
enum TaskSize {
    /// In units of 1/1024 of a CPU: `256` and `0.25 vCPU` are the same.
    static func cpuUnits(_ given: AttributeValue?) throws(CloudFault) -> Int? {
        guard let text = given?.stringValue, !text.isEmpty else { return nil }
        if let units = whole(text, unit: "vcpu", factor: 1024) { return units }
        throw .client(
            "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS "
                + "Developer Guide.")
    }

    /// `1024` and `1 GB` are the same.
    static func mebibytes(_ given: AttributeValue?) throws(CloudFault) -> Int? {
        guard let text = given?.stringValue, !text.isEmpty else { return nil }
        if let size = whole(text, unit: "gb", factor: 1024) ?? whole(text, unit: "mb", factor: 1) { return size }
        throw .client(
            "Invalid 'memory' setting for task. For more information, see the Troubleshooting section of the Amazon "
                + "ECS Developer Guide.")
    }

    /// Whether Fargate has a machine of this size.
    static func isOfFargate(cpu: Int, memory: Int) -> Bool {
        switch cpu {
        case 256: [512, 1024, 2048].contains(memory)
        case 512: fits(memory, gibibytes: 1...4, step: 1)
        case 1024: fits(memory, gibibytes: 2...8, step: 1)
        case 2048: fits(memory, gibibytes: 4...16, step: 1)
        case 4096: fits(memory, gibibytes: 8...30, step: 1)
        case 8192: fits(memory, gibibytes: 16...60, step: 4)
        case 16384: fits(memory, gibibytes: 32...120, step: 8)
        default: false
        }
    }

    private static func fits(_ memory: Int, gibibytes: ClosedRange<Int>, step: Int) -> Bool {
        memory % (step * 1024) == 0 && gibibytes.contains(memory / 1024)
    }

    /// A number without a unit is in the smallest one.
    private static func whole(_ text: String, unit: String, factor: Int) -> Int? {
        if let number = Int(text) { return number > 0 ? number : nil }
        let compact = text.lowercased().filter { $0 != " " }
        guard compact.hasSuffix(unit), let number = Double(compact.dropLast(unit.count)), number > 0,
            number < 1_000_000
        else { return nil }
        return Int((number * Double(factor)).rounded())
    }
}
