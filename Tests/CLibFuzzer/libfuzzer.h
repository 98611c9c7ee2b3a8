// The entry of libFuzzer, for a program that has a main of its own; the toolchain has the library and no header.
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *data, size_t size));
