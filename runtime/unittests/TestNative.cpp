//===- TestNative.cpp - Native code of the test image -----------*- C++ -*-===//
//
// A library as opml-compile makes them, but for its settings, which
// keepTestNative overwrites in a copy of the file: the model's root, and the
// node whose result is to be wrong.
//
//===----------------------------------------------------------------------===//

#include "TestNative.h"
#include "opml/runtime/NativeAbi.h"

using namespace opml::runtime;

namespace {

// Else the compiler would take what stands here for what is read.
const volatile test::NativeSettings settings{};

void twice(void *const *buffers, uint64_t begin, uint64_t end) {
  auto *x = static_cast<const int32_t *>(buffers[0]);
  auto *scratch = static_cast<int32_t *>(buffers[2]);
  for (uint64_t i = begin; i < end; ++i)
    scratch[i] = x[i];
}

void store(void *const *buffers, uint64_t begin, uint64_t end) {
  auto *doubled = static_cast<int32_t *>(buffers[1]);
  auto *scratch = static_cast<const int32_t *>(buffers[2]);
  for (uint64_t i = begin; i < end; ++i)
    doubled[i] = 2 * scratch[i] + (settings.wrongNode == 0);
}

void sum(void *const *buffers, uint64_t begin, uint64_t end) {
  auto *doubled = static_cast<const int32_t *>(buffers[0]);
  auto *a = static_cast<const int32_t *>(buffers[1]);
  auto *b = static_cast<const int32_t *>(buffers[2]);
  auto *y = static_cast<int32_t *>(buffers[3]);
  for (uint64_t i = begin; i < end; ++i)
    y[i] = doubled[i] + a[i] + b[i] + (settings.wrongNode == 1);
}

constexpr uint64_t elements = 2, bytes[] = {8, 8, 8, 8};
// Enough work for threads to be woken, and too little.
constexpr NativeStage twiceStages[] = {{twice, elements, 1 << 20},
                                       {store, elements, 2}};
constexpr NativeStage sumStages[] = {{sum, elements, 1 << 20}};
constexpr NativeFunction functions[] = {
    {"twice", twiceStages, 2, bytes, 1, 1, 1},
    {"sum", sumStages, 1, bytes, 3, 1, 0}};

} // namespace

extern "C" {
extern const NativeTable opml_native_table;
const NativeTable opml_native_table = {
    nativeAbiVersion, "opml-compile " OPML_VERSION,
    const_cast<const uint8_t *>(settings.modelRoot), functions, 2};
}
