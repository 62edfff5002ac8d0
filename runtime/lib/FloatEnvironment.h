//===- FloatEnvironment.h - The rounding that results rest on ---*- C++ -*-===//
//
// Native code is compiled for the default environment of IEEE 754: to nearest,
// subnormals kept, no traps. A program around us may have set another.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_LIB_FLOATENVIRONMENT_H
#define OPML_RUNTIME_LIB_FLOATENVIRONMENT_H

#include <cstdint>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace opml::runtime {

/// While it lives, this thread computes in the default environment.
class FloatEnvironment {
public:
  FloatEnvironment() : found(get()) { set(standard); }
  ~FloatEnvironment() { set(found); }
  FloatEnvironment(const FloatEnvironment &) = delete;

private:
#if defined(__x86_64__)
  // MXCSR: all exceptions masked; RC, FTZ, DAZ and all flags zero.
  static constexpr uint64_t standard = 0x1f80;
  static uint64_t get() { return _mm_getcsr(); }
  static void set(uint64_t value) { _mm_setcsr(uint32_t(value)); }
#elif defined(__aarch64__)
  // FPCR: RMode, FZ, DN and all trap enables zero.
  static constexpr uint64_t standard = 0;
  static uint64_t get() {
    uint64_t value;
    asm volatile("mrs %0, fpcr" : "=r"(value));
    return value;
  }
  static void set(uint64_t value) { asm volatile("msr fpcr, %0" ::"r"(value)); }
#else
#error                                                                         \
    "the native engine knows the floating-point environment of x86-64 and AArch64"
#endif

  uint64_t found;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_FLOATENVIRONMENT_H
