//===- Convolution.h - What convolutions have in common ---------*- C++ -*-===//

#ifndef OPML_DIALECT_CONVOLUTION_H
#define OPML_DIALECT_CONVOLUTION_H

#include "opml/Dialect/SlidingWindow.h"

namespace opml::compiler {

/// A convolution of X = images x channels x spatial with W = outputs x
/// channels / group x kernel.
struct Convolution {
  mlir::RankedTensorType x, w;
  int64_t group = 1;
  SlidingWindow window;

  /// Of an operator's adaptor with getX, getW and the attributes of Conv.
  /// Reports at `loc`, if given, what does not fit (C1 to C5 and C7 of Conv).
  template <typename Adaptor>
  static mlir::FailureOr<Convolution> compute(std::optional<mlir::Location> loc,
                                              Adaptor conv, mlir::Value x,
                                              mlir::Value w) {
    Convolution result{llvm::cast<mlir::RankedTensorType>(x.getType()),
                       llvm::cast<mlir::RankedTensorType>(w.getType()),
                       int64_t(conv.getGroup()),
                       {}};
    if (failed(result.check(loc, conv.getKernelShape())))
      return mlir::failure();
    auto window = SlidingWindow::compute(loc, result.x.getShape().drop_front(2),
                                         {result.w.getShape().drop_front(2),
                                          conv.getAutoPad(), conv.getStrides(),
                                          conv.getDilations(), conv.getPads()});
    if (failed(window))
      return mlir::failure();
    result.window = *window;
    return result;
  }

  llvm::SmallVector<int64_t> resultShape() const;

  /// A tensor with one element for each output channel.
  struct PerChannel {
    mlir::Value tensor;
    bool isOne; // it has one element for all of them
  };
  /// The sums over (channel, kernel position), ascending, that start at
  /// `start`, if given, and else at zero. The body gets elements of `x`, which
  /// has its padding, of `w` and `more`, and the sum.
  /// Loops: image, [group,] output channel, output position…, input channel,
  /// kernel position….
  mlir::Value sums(LinalgBuilder &linalg, mlir::Value x, mlir::Value w,
                   llvm::ArrayRef<PerChannel> more, mlir::Value start,
                   mlir::Type element, LinalgBuilder::Body body) const;

private:
  mlir::LogicalResult
  check(std::optional<mlir::Location> loc,
        std::optional<llvm::ArrayRef<int64_t>> kernelShape) const;
};

} // namespace opml::compiler

#endif // OPML_DIALECT_CONVOLUTION_H
