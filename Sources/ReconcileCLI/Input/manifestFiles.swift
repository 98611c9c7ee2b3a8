package import Diagnostics
import FoundationEssentials

/// A file or directory named with `--file` that cannot be read.
package struct ManifestFileError: Error, Sendable, Equatable, CustomStringConvertible {
    package var path: String
    package var reason: String
    package var description: String { "cannot read \(path): \(reason)" }
}

/// The texts of the manifests at these paths.
///
/// A directory stands for every `.yaml` and `.yml` file in it and below, hidden ones left out, in the order of their
/// names: the order in which mistakes are reported. A file that several paths or links lead to is read once.
package func manifestFiles(at paths: [String]) throws -> [SourceText] {
    var seen: Set<String> = []
    return try paths.flatMap(manifestPaths(at:)).filter { seen.insert(resolved($0)).inserted }.map { path in
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ManifestFileError(path: path, reason: "it is not a readable file")
        }
        return SourceText(file: path, bytes: [UInt8](data))
    }
}

private func manifestPaths(at path: String) throws -> [String] {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        throw ManifestFileError(path: path, reason: "there is no such file or directory")
    }
    guard isDirectory else { return [path] }
    let found = try files(below: path, within: []).filter(isManifest)
    guard !found.isEmpty else {
        throw ManifestFileError(path: path, reason: "there is no .yaml file in this directory")
    }
    return found
}

private func isManifest(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

/// - Parameter ancestors: the directories that this one is in, so that a link to one of them does not lead in circles.
private func files(below directory: String, within ancestors: Set<String>) throws -> [String] {
    let names: [String]
    do {
        names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    } catch {
        throw ManifestFileError(path: directory, reason: "the directory cannot be listed")
    }
    let place = resolved(directory)
    guard !ancestors.contains(place) else { return [] }
    let prefix = directory == "." ? "" : directory.hasSuffix("/") ? directory : directory + "/"
    return try names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
        var isDirectory = false
        let path = prefix + name
        // A link to nothing is a file that cannot be read, and is said to be one.
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        return isDirectory ? try files(below: path, within: ancestors.union([place])) : [path]
    }
}

private func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
