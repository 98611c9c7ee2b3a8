import Foundation
import TestSupport

/// The scripts of the directory `Tools`, which the demo uses too.
enum Tool {
    static func path(_ name: String) -> String {
        TestData.projectDirectory.appending(path: "Tools/\(name)").path
    }
}
