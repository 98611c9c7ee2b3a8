import CLibFuzzer
import FoundationEssentials
import Fuzzing
import Glibc

/// `reconcile-fuzz` lists the targets; `reconcile-fuzz TARGET prepare DIRECTORY` writes the words and the seeds of one into
/// a directory; `reconcile-fuzz TARGET …` starts libFuzzer with whatever it takes.
@main
struct Fuzzer {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard let target else { return FuzzTarget.allCases.forEach { print($0) } }
        if arguments.count == 4, arguments[2] == "prepare" {
            try prepare(target, in: URL(filePath: arguments[3]))
        } else {
            start()
        }
    }

    private static func prepare(_ target: FuzzTarget, in directory: URL) throws {
        let seeds = directory.appending(path: "seeds")
        try FileManager.default.createDirectory(at: seeds, withIntermediateDirectories: true)
        for (number, seed) in target.seeds.enumerated() {
            try Data(seed).write(to: seeds.appending(path: String(number)))
        }
        let words = Set(target.words).sorted().map { "\"\(quoted($0))\"\n" }
        try Data(words.joined().utf8).write(to: directory.appending(path: "words"))
    }

    /// In libFuzzer's notation.
    private static func quoted(_ word: String) -> String {
        word.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                String(UnicodeScalar(byte))
            default: "\\x\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))"
            }
        }.joined()
    }

    private static func start() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        if FuzzTarget(rawValue: CommandLine.arguments[1]) != nil {
            // libFuzzer takes every word for a directory of inputs, and gives what it starts again the others.
            setenv(inherited, CommandLine.arguments[1], 1)
            arguments[1] = arguments[0]
            arguments += 1
            count -= 1
        }
        var remaining: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
        _ = LLVMFuzzerRunDriver(&count, &remaining, run)
    }
}

/// The target that is asked for: the function that libFuzzer calls cannot hold anything.
private let target =
    CommandLine.arguments.dropFirst().first.flatMap(FuzzTarget.init)
    ?? getenv(inherited).flatMap { FuzzTarget(rawValue: String(cString: $0)) }

/// The environment variable that tells the target to a process that libFuzzer starts.
private let inherited = "RECONCILE_FUZZ_TARGET"

/// Named as libFuzzer wants it, which comes with a main that we do not use and that calls this.
@c(LLVMFuzzerTestOneInput)
func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do throws(BrokenProperty) {
        try target?.check(Array(UnsafeBufferPointer(start: data, count: count)))
        return 0
    } catch {
        // libFuzzer takes the end of the process for a finding, and keeps the input.
        fatalError(error.description)
    }
}
