//===- LinalgBuilder.h - Canonical bodies on tensors ------------*- C++ -*-===//
//
// The few forms that operator bodies are made of: linalg.generic with one
// result in destination style, padding, and the scalar operations whose result
// is the same on every target. Keeps the dialects' headers out of operators.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_DIALECT_LINALGBUILDER_H
#define OPML_DIALECT_LINALGBUILDER_H

#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace opml::compiler {

/// What a node's function computes with in place of `element`: integers have no
/// signedness, and a bool is a byte, which any other value than 0 makes true.
mlir::Type storedType(mlir::Type element);

/// Of floats, false where one is a NaN.
enum class Comparison { Equal, Less, LessOrEqual };

class LinalgBuilder {
public:
  LinalgBuilder(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  using Indices = llvm::SmallVector<mlir::AffineExpr>;
  /// The new value of the result element from the elements of the inputs and,
  /// last, the result's current one.
  using Body = llvm::function_ref<mlir::Value(LinalgBuilder &scalars,
                                              mlir::ValueRange elements)>;
  struct Operand {
    mlir::Value tensor;
    Indices indices;
  };

  /// The expression of loop `position`.
  mlir::AffineExpr loop(unsigned position);
  /// Loops first … first + count - 1.
  Indices loops(unsigned first, unsigned count);

  /// Parallel loops, then reduction loops, run in this order from outside to
  /// inside over the elements of `init`.
  mlir::Value reduce(llvm::ArrayRef<Operand> inputs, const Operand &init,
                     unsigned parallelLoops, unsigned reductionLoops,
                     Body body);
  /// One parallel loop per dimension of `result`.
  mlir::Value map(llvm::ArrayRef<Operand> inputs, mlir::RankedTensorType result,
                  Body body);

  mlir::Value empty(llvm::ArrayRef<int64_t> shape, mlir::Type element);
  mlir::Value filled(mlir::RankedTensorType type, mlir::Value scalar);
  /// The tensor itself where all pads are zero.
  mlir::Value padded(mlir::Value tensor, llvm::ArrayRef<int64_t> begin,
                     llvm::ArrayRef<int64_t> end, mlir::Value scalar);
  /// The same elements in row-major order in another shape.
  mlir::Value reshaped(mlir::Value tensor, llvm::ArrayRef<int64_t> shape);
  /// Dimension `position` becomes `outer` x (its size / `outer`).
  mlir::Value splitDimension(mlir::Value tensor, unsigned position,
                             int64_t outer);
  /// Dimensions `position` and `position` + 1 become one.
  mlir::Value mergeDimensions(mlir::Value tensor, unsigned position);

  /// A scalar operation that the methods below do not have.
  template <typename Op, typename... Args>
  mlir::Value create(Args &&...arguments) {
    return Op::create(builder, loc, std::forward<Args>(arguments)...);
  }
  mlir::Value zero(mlir::Type element);
  mlir::Value constant(mlir::Type integer, int64_t value);
  mlir::Value floatConstant(float value);
  /// The start of a maximum: -infinity or the least integer.
  mlir::Value lowest(mlir::Type element, bool isUnsigned);
  /// The start of a minimum: infinity or the greatest integer.
  mlir::Value greatest(mlir::Type element, bool isUnsigned);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value subtract(mlir::Value a, mlir::Value b);
  mlir::Value multiply(mlir::Value a, mlir::Value b);
  /// accumulator + a * b, rounded once; for integers modulo 2^n.
  mlir::Value multiplyAdd(mlir::Value a, mlir::Value b,
                          mlir::Value accumulator);
  mlir::Value maximum(mlir::Value a, mlir::Value b, bool isUnsigned);
  mlir::Value minimum(mlir::Value a, mlir::Value b, bool isUnsigned);
  /// An i1.
  mlir::Value compare(Comparison comparison, mlir::Value a, mlir::Value b,
                      bool isUnsigned);
  /// Whether a number is not 0, as an i1; a stored bool's value.
  mlir::Value isTrue(mlir::Value number);
  /// The stored bool of an i1.
  mlir::Value truth(mlir::Value condition);
  /// A float32 with the canonical NaN for any other; any integer itself.
  mlir::Value withCanonicalNaN(mlir::Value number);
  /// A number in another type, by rules 5 and 6 of docs/numerics.md.
  mlir::Value converted(mlir::Value number, mlir::Type type, bool fromUnsigned,
                        bool toUnsigned);
  /// The same integer in a wider type.
  mlir::Value widened(mlir::Value integer, mlir::Type type, bool isUnsigned);

private:
  /// The least or greatest value.
  mlir::Value extreme(mlir::Type element, bool isUnsigned, bool isLeast);

  mlir::OpBuilder &builder;
  mlir::Location loc;
};

} // namespace opml::compiler

#endif // OPML_DIALECT_LINALGBUILDER_H
