//===- SlidingWindow.h - Geometry of convolution and pooling ----*- C++ -*-===//

#ifndef OPML_DIALECT_SLIDINGWINDOW_H
#define OPML_DIALECT_SLIDINGWINDOW_H

#include "opml/Dialect/LinalgBuilder.h"
#include <optional>

namespace opml::compiler {

/// The window attributes as ONNX gives them to Conv and the pooling operators.
struct WindowAttributes {
  llvm::ArrayRef<int64_t> kernel;
  llvm::StringRef autoPad;
  std::optional<llvm::ArrayRef<int64_t>> strides, dilations, pads;
  bool ceilMode = false;
};

/// One number per spatial dimension in each.
struct SlidingWindow {
  llvm::SmallVector<int64_t> kernel, strides, dilations;
  llvm::SmallVector<int64_t> padBegin,
      padEnd; // what windows touch outside the input
  llvm::SmallVector<int64_t> output;

  /// Resolves defaults and auto_pad for an input of these spatial sizes.
  /// Reports at `loc`, if given, what is wrong.
  static mlir::FailureOr<SlidingWindow>
  compute(std::optional<mlir::Location> loc, llvm::ArrayRef<int64_t> input,
          const WindowAttributes &attributes);

  /// `tensor`, whose spatial dimensions are the last ones, with its padding.
  mlir::Value pad(LinalgBuilder &builder, mlir::Value tensor,
                  mlir::Value scalar) const;
  /// output * stride + kernel * dilation for each spatial dimension.
  LinalgBuilder::Indices indices(LinalgBuilder &builder,
                                 unsigned firstOutputLoop,
                                 unsigned firstKernelLoop) const;
};

} // namespace opml::compiler

#endif // OPML_DIALECT_SLIDINGWINDOW_H
