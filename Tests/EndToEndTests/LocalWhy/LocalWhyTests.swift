import TestBackends
import Testing

extension EndToEndTests {
    /// `why` itself; what it names is in the scenes.
    @Suite struct LocalWhyTests {
        @Test("why says that all is well, and refuses a name that nothing has", PythonPrograms.areInstalled())
        func allIsWell() async throws {
            try await Workplace.withLocalCloud("hello") { place, _ in
                try await place.reconcile("apply", "--yes").expect(status: 0)
                let well = try await place.reconcile("why").expect(status: 0)
                #expect(well.output.contains("nothing is wrong; everything is final"), "\(well.output)")
                let unknown = try await place.reconcile("why", "nobody").expect(status: 64)
                #expect(unknown.errors.contains("the services are web"), "\(unknown.errors)")
            }
        }
    }
}
