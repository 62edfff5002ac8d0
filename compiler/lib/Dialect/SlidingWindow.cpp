//===- SlidingWindow.cpp - Geometry of convolution and pooling ------------===//
//
// The output sizes are those of the ONNX operators' specifications; ceil_mode
// leaves out a window that starts in the padding at the end (Conv and MaxPool
// since opset 22, and every implementation before).
//
//===----------------------------------------------------------------------===//

#include "opml/Dialect/SlidingWindow.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace opml::compiler {

/// Keeps every product and sum below in 64 bits.
static constexpr int64_t largest = INT32_MAX;

static LogicalResult check(std::optional<Location> loc, StringRef name,
                           std::optional<ArrayRef<int64_t>> values,
                           size_t count, int64_t least) {
  if (!values)
    return success();
  if (values->size() != count)
    return emitOptionalError(loc, name, " has ", values->size(),
                             " numbers, expected ", count);
  for (int64_t value : *values)
    if (value < least || value > largest)
      return emitOptionalError(loc, name, " contains ", value, ", expected ",
                               least, " to ", largest);
  return success();
}

static LogicalResult check(std::optional<Location> loc, ArrayRef<int64_t> input,
                           const WindowAttributes &attributes) {
  size_t rank = input.size();
  bool padded = attributes.pads &&
                llvm::any_of(*attributes.pads, [](int64_t p) { return p; });
  if (padded && attributes.autoPad != "NOTSET")
    return emitOptionalError(loc, "pads and auto_pad ", attributes.autoPad,
                             " exclude each other");
  if (failed(check(loc, "input shape", input, rank, 0)) ||
      failed(check(loc, "kernel_shape", attributes.kernel, rank, 1)) ||
      failed(check(loc, "strides", attributes.strides, rank, 1)) ||
      failed(check(loc, "dilations", attributes.dilations, rank, 1)) ||
      failed(check(loc, "pads", attributes.pads, 2 * rank, 0)))
    return failure();
  return success();
}

namespace {
/// One spatial dimension.
struct Extent {
  int64_t input, reach, stride; // reach: size of the dilated kernel
  int64_t begin = 0, end = 0, output = 0;

  bool fits() const { return input + begin + end >= reach; }

  void padSame(bool upper) {
    output = llvm::divideCeil(input, stride);
    int64_t total = std::max<int64_t>((output - 1) * stride + reach - input, 0);
    begin = upper ? total / 2 : total - total / 2;
    end = total - begin;
  }

  void place(bool ceilMode) {
    int64_t travel = input + begin + end - reach;
    output =
        (ceilMode ? llvm::divideCeil(travel, stride) : travel / stride) + 1;
    if (ceilMode && (output - 1) * stride >= input + begin)
      --output;
  }

  /// What the last window needs: less where windows do not reach the end, more
  /// where ceil_mode adds one.
  int64_t touchedEnd() const {
    return std::max<int64_t>((output - 1) * stride + reach - input - begin, 0);
  }
};
} // namespace

FailureOr<SlidingWindow>
SlidingWindow::compute(std::optional<Location> loc, ArrayRef<int64_t> input,
                       const WindowAttributes &attributes) {
  if (failed(check(loc, input, attributes)))
    return failure();
  size_t rank = input.size();
  SmallVector<int64_t> ones(rank, 1);
  SlidingWindow window;
  window.kernel.assign(attributes.kernel.begin(), attributes.kernel.end());
  window.strides = SmallVector<int64_t>(attributes.strides.value_or(ones));
  window.dilations = SmallVector<int64_t>(attributes.dilations.value_or(ones));
  bool same = attributes.autoPad.starts_with("SAME");
  for (size_t i = 0; i < rank; ++i) {
    Extent extent{input[i], (window.kernel[i] - 1) * window.dilations[i] + 1,
                  window.strides[i]};
    if (attributes.pads) {
      extent.begin = (*attributes.pads)[i];
      extent.end = (*attributes.pads)[rank + i];
    }
    if (same)
      extent.padSame(attributes.autoPad == "SAME_UPPER");
    else if (extent.fits())
      extent.place(attributes.ceilMode && attributes.autoPad == "NOTSET");
    else
      return emitOptionalError(loc, "the dilated kernel of ", extent.reach,
                               " does not fit into the padded input of ",
                               extent.input + extent.begin + extent.end,
                               " in spatial dimension ", i);
    window.padBegin.push_back(extent.begin);
    window.padEnd.push_back(extent.touchedEnd());
    window.output.push_back(extent.output);
  }
  return window;
}

Value SlidingWindow::pad(LinalgBuilder &builder, Value tensor,
                         Value scalar) const {
  size_t others =
      cast<RankedTensorType>(tensor.getType()).getRank() - kernel.size();
  SmallVector<int64_t> begin(others, 0), end(others, 0);
  llvm::append_range(begin, padBegin);
  llvm::append_range(end, padEnd);
  return builder.padded(tensor, begin, end, scalar);
}

LinalgBuilder::Indices SlidingWindow::indices(LinalgBuilder &builder,
                                              unsigned firstOutputLoop,
                                              unsigned firstKernelLoop) const {
  LinalgBuilder::Indices result;
  for (unsigned i = 0; i < kernel.size(); ++i)
    result.push_back(builder.loop(firstOutputLoop + i) * strides[i] +
                     builder.loop(firstKernelLoop + i) * dilations[i]);
  return result;
}

} // namespace opml::compiler
