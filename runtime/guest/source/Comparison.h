//===- Comparison.h - Comparison of numbers -----------------------*- C -*-===//

#ifndef OPML_GUEST_COMPARISON_H
#define OPML_GUEST_COMPARISON_H

/// -1, 0 or 1 as a is less than, equal to or greater than b; `unordered` if
/// either is a NaN.
static ALWAYS_INLINE int32_t compare(Bits a, Bits b, int32_t unordered) {
  if (UNLIKELY(isNaN(a)) || UNLIKELY(isNaN(b)))
    return unordered;
  if (a == b || ((a | b) << 1) == 0)
    return 0;
  // Sign and magnitude order as integers do, but backwards if both are
  // negative.
  if (isNegative(a & b))
    return (SignedBits)a < (SignedBits)b ? 1 : -1;
  return (SignedBits)a < (SignedBits)b ? -1 : 1;
}

#endif // OPML_GUEST_COMPARISON_H
