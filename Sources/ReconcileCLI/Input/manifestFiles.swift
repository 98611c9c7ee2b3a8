package import Diagnostics
import FoundationEssentials
import Glibc

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
    var seen: Set<String?> = []
    return try paths.flatMap(manifests(at:)).filter { seen.insert($0.place).inserted || $0.place == nil }.map {
        guard let data = FileManager.default.contents(atPath: $0.path) else {
            throw ManifestFileError(path: $0.path, reason: "it is not a readable file")
        }
        return SourceText(file: $0.path, bytes: [UInt8](data))
    }
}

private struct Entry {
    var path: String
    /// Its path without links; `nil` where there is nothing, or a link leads to nothing.
    var place: String?
    var isDirectory = false

    init(_ path: String) {
        self.path = path
        guard let resolved = realpath(path, nil) else { return }
        defer { free(resolved) }
        place = String(cString: resolved)
        var isDirectory = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        self.isDirectory = isDirectory
    }

    var isManifest: Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }
}

private func manifests(at path: String) throws -> [Entry] {
    let entry = Entry(path)
    guard entry.place != nil else {
        throw ManifestFileError(path: path, reason: "there is no such file or directory")
    }
    guard entry.isDirectory else { return [entry] }
    let found = try files(below: entry, within: []).filter(\.isManifest)
    guard !found.isEmpty else {
        throw ManifestFileError(path: path, reason: "there is no .yaml file in this directory")
    }
    return found
}

/// - Parameter ancestors: the directories that this one is in, so that a link to one of them does not lead in circles.
private func files(below directory: Entry, within ancestors: Set<String?>) throws -> [Entry] {
    guard !ancestors.contains(directory.place) else { return [] }
    let path = directory.path
    let names: [String]
    do {
        names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
        throw ManifestFileError(path: path, reason: "the directory cannot be listed")
    }
    let prefix = path == "." ? "" : path.hasSuffix("/") ? path : path + "/"
    return try names.filter { !$0.hasPrefix(".") }.map { Entry(prefix + $0) }.flatMap { entry in
        entry.isDirectory ? try files(below: entry, within: ancestors.union([directory.place])) : [entry]
    }
}
