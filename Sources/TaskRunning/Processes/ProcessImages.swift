/// What runs for an image where processes stand for containers.
struct ProcessImages: Sendable {
    /// The first that matches counts.
    var mappings: [ImageMapping]
    /// Programs by the name of their image, without a tag.
    var builtIn: [String: [String]]

    func isBuiltIn(_ image: String) -> Bool { builtIn[ImageReference(image).name] != nil }

    /// The program and its arguments.
    ///
    /// What stands for the image is its entry point: the container's command becomes its arguments, and the container's
    /// entry point takes its place.
    func arguments(for container: ContainerSpecification) throws(ContainerStartError) -> [String] {
        let command = container.command ?? []
        let reference = ImageReference(container.image)
        let builtIn = builtIn[reference.name]
        let mapping = mappings.first { $0.matches(reference) }
        guard builtIn != nil || mapping != nil else {
            throw .imageUnavailable(
                image: container.image,
                reason: "nothing on this machine stands for it: start Docker or Podman, or map the image to a command")
        }
        if let entryPoint = container.entryPoint, !entryPoint.isEmpty { return entryPoint + command }
        if let builtIn { return builtIn + command }
        let line = mapping?.command ?? ""
        return command.isEmpty
            ? ["/bin/sh", "-c", line] : ["/bin/sh", "-c", line + " \"$@\"", container.name] + command
    }
}
