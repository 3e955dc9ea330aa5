// In C because Swift has no way to an instruction that gathers one bit of each byte of a vector (SSE2's pmovmskb): without it the
// index of a block takes more than twice the instructions. Clang's vectors compile to what each processor has.
#include <stdbool.h>
#include <stdint.h>

/// One bit for each of the 64 bytes at `bytes` that is `byte` or `other`, the lowest for the first.
static inline uint64_t block_marks(const void *bytes, uint8_t byte, uint8_t other) {
  typedef uint8_t block __attribute__((ext_vector_type(64)));
  typedef bool block_bits __attribute__((ext_vector_type(64)));
  block found;
  __builtin_memcpy(&found, bytes, sizeof found);
  block_bits bits = __builtin_convertvector((found == byte) | (found == other), block_bits);
  uint64_t marks;
  __builtin_memcpy(&marks, &bits, sizeof marks);
  return marks;
}
