/// Asks on the terminal. Only `y` and `yes` are a yes.
func ask(_ question: String) -> Bool {
    Console.write("\n\(question) [y/N] ", to: .error)
    guard let answer = readLine()?.lowercased() else { return false }
    return answer == "y" || answer == "yes"
}
