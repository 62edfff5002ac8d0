//===- Saturation.h - Numbers to integers on the host -----------*- C++ -*-===//

#ifndef OPML_GUEST_SATURATION_H
#define OPML_GUEST_SATURATION_H

#include <cmath>
#include <limits>

namespace opml::guest {

/// Saturating, NaN gives 0. The bounds, powers of two, are exact in any format.
template <typename Integer, typename Float> Integer saturate(Float value) {
  using Limits = std::numeric_limits<Integer>;
  if (std::isnan(value))
    return 0;
  if (value >= std::ldexp(Float(1), Limits::digits))
    return Limits::max();
  if (value <= Float(Limits::min()))
    return Limits::min();
  return Integer(value);
}

} // namespace opml::guest

#endif // OPML_GUEST_SATURATION_H
