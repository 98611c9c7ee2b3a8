import Foundation
import TestSupport
import Testing

/// The built program against AWS APIs that others wrote, on this machine.
///
/// One test at a time: each starts its own servers, and some of them real containers.
@Suite(.serialized, .tags(.large), .timeLimit(.minutes(isWholeSweep ? 180 : 3)))
struct EndToEndTests {}

/// `make sweep` asks for everything of which the tests try a sample.
let isWholeSweep = ProcessInfo.processInfo.environment["RECONCILE_SWEEP"] == "all"
