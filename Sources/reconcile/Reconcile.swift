import ArgumentParser
import ReconcileCLI

@main
struct Reconcile {
    static func main() async {
        await ReconcileCommand.main()
    }
}
