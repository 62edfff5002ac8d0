//===- Measure.h - Timing two engines in turn -------------------*- C++ -*-===//

#ifndef OPML_BENCH_ONNXRUNTIME_MEASURE_H
#define OPML_BENCH_ONNXRUNTIME_MEASURE_H

#include <functional>
#include <vector>

namespace opml::bench {

using Run = std::function<void()>;

/// Seconds of one run of each, medians over batches that are timed in turn. A
/// short run is repeated in its batch. Before a batch the machine rests, until
/// threads that the other one left spinning are asleep, and each warms up.
std::vector<double> medianSeconds(const std::vector<Run> &runs,
                                  unsigned batches);

} // namespace opml::bench

#endif // OPML_BENCH_ONNXRUNTIME_MEASURE_H
