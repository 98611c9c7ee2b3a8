import TestSupport
import Testing

/// The built program against AWS APIs that others wrote, on this machine.
///
/// One test at a time: each starts its own servers, and some of them real containers.
@Suite(.serialized, .tags(.large), .timeLimit(.minutes(3)))
struct EndToEndTests {}
