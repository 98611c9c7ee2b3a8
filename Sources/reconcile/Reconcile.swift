import ArgumentParser
import ReconcileCLI

@main
struct Reconcile {
    static func main() async {
        Console.outliveClosedPipes()
        await ReconcileCommand.main()
    }
}
