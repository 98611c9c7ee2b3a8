/// The file that the directory `Snapshots` of these tests is beside.
let testFile = #filePath
