import Diagnostics
import Foundation
import ReconcileCLI
import TestSupport
import Testing

@Suite("Which files are manifests", .tags(.medium))
struct ManifestFilesTests {
    /// The paths of the manifests below a directory with these files; `name -> target` is a symbolic link.
    private func found(in files: [String], at paths: [String] = ["."]) async throws -> [String] {
        try await TemporaryDirectory.with { directory in
            for file in files { try create(file, in: directory) }
            let root = directory.url.path + "/"
            return try manifestFiles(at: paths.map { $0 == "." ? directory.url.path : root + $0 }).map { source in
                String(source.file.dropFirst(root.count))
            }
        }
    }

    private func create(_ file: String, in directory: TemporaryDirectory) throws {
        let parts = file.components(separatedBy: " -> ")
        let url = directory.url.appending(path: parts[0])
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        if parts.count == 2 {
            try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: parts[1])
        } else {
            try Data("# \(file)\n".utf8).write(to: url)
        }
    }

    @Test func `those of a directory and below, in the order of their names`() async throws {
        #expect(
            try await found(in: ["b.yaml", "a.yml", "web/service.yaml", "notes.txt", "z.yaml.orig"])
                == ["a.yml", "b.yaml", "web/service.yaml"])
    }

    @Test func `hidden files and directories are not`() async throws {
        #expect(
            try await found(in: ["a.yaml", ".b.yaml", ".reconcile/c.yaml", "web/.git/d.yaml"]) == ["a.yaml"])
    }

    @Test func `a file that is named is one, whatever it is called`() async throws {
        #expect(try await found(in: ["a.yaml", "b.txt", ".c"], at: ["b.txt", ".c"]) == ["b.txt", ".c"])
    }

    @Test func `paths count in their order, and each file once`() async throws {
        #expect(
            try await found(in: ["a.yaml", "web/b.yaml"], at: ["web", ".", "web/../a.yaml"])
                == ["web/b.yaml", "a.yaml"])
    }

    @Test func `links are followed, and lead in no circles`() async throws {
        #expect(
            try await found(in: ["shared/a.yaml", "web/b.yaml", "web/c -> ../shared", "web/up -> .."], at: ["web"])
                == ["web/b.yaml", "web/c/a.yaml"])
        #expect(try await found(in: ["a.yaml", "b.yaml -> a.yaml"]) == ["a.yaml"])
    }

    @Test(arguments: [
        ([], "missing", "there is no such file or directory"), (["web/notes.txt"], "web", "there is no .yaml file"),
        (["web/a.yaml -> gone.yaml"], "web", "it is not a readable file"),
    ])
    func `what cannot be read is said`(files: [String], path: String, reason: String) async throws {
        let error = try await #require(throws: ManifestFileError.self) { try await found(in: files, at: [path]) }
        #expect(error.description.contains("/\(path)"))
        #expect(error.reason.hasPrefix(reason))
    }
}
