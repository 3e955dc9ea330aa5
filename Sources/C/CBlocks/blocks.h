// In C because Swift has no way to an instruction that gathers one bit of each byte of a vector (SSE2's pmovmskb), nor to compile one
// function for several processors: without the one the index of a block takes more than twice the instructions, without the other
// again three to five times. Clang's vectors compile to what each processor has.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One bit for each of the 64 bytes at `bytes` that is `byte` or `other`, the lowest for the first.
static inline __attribute__((always_inline)) uint64_t block_marks(const void *bytes, uint8_t byte, uint8_t other) {
  typedef uint8_t block __attribute__((ext_vector_type(64)));
  typedef bool block_bits __attribute__((ext_vector_type(64)));
  block found;
  __builtin_memcpy(&found, bytes, sizeof found);
  block_bits bits = __builtin_convertvector((found == byte) | (found == other), block_bits);
  uint64_t marks;
  __builtin_memcpy(&marks, &bits, sizeof marks);
  return marks;
}

/// What `blocks_index` fills, and where it goes on; `both` is whether the first lane marks both bytes, and the second is left alone.
struct blocks_index {
  uint8_t byte, other;
  bool both;
  uint64_t *lanes[2];
  /// Where the line feeds stand, counted from the first block of all.
  int32_t *ends;
  size_t end_count;
};

static inline __attribute__((always_inline)) void blocks_index_body(
    const uint8_t *bytes, size_t first, size_t count, struct blocks_index *index) {
  const struct blocks_index into = *index;
  size_t found = into.end_count;
  for (size_t block = first; block < first + count; block++, bytes += 64) {
    into.lanes[0][block] = block_marks(bytes, into.byte, into.both ? into.other : into.byte);
    if (!into.both) into.lanes[1][block] = block_marks(bytes, into.other, into.other);
    for (uint64_t feeds = block_marks(bytes, '\n', '\n'); feeds != 0; feeds &= feeds - 1)
      into.ends[found++] = (int32_t)(block * 64) + __builtin_ctzll(feeds);
  }
  index->end_count = found;
}

#if defined(__x86_64__)
__attribute__((target("avx512bw"))) static void blocks_index_avx512(
    const uint8_t *bytes, size_t first, size_t count, struct blocks_index *index) {
  blocks_index_body(bytes, first, count, index);
}

__attribute__((target("avx2"))) static void blocks_index_avx2(
    const uint8_t *bytes, size_t first, size_t count, struct blocks_index *index) {
  blocks_index_body(bytes, first, count, index);
}
#endif

/// Indexes `count` blocks, the first of which is the one of this number.
static inline void blocks_index(const void *bytes, size_t first, size_t count, struct blocks_index *index) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) return blocks_index_avx512((const uint8_t *)bytes, first, count, index);
  if (__builtin_cpu_supports("avx2")) return blocks_index_avx2((const uint8_t *)bytes, first, count, index);
#endif
  blocks_index_body((const uint8_t *)bytes, first, count, index);
}
