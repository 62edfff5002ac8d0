#ifndef OPML_DIALECT_OPERATORS_LOGSOFTMAX_TD
#define OPML_DIALECT_OPERATORS_LOGSOFTMAX_TD

include "opml/Dialect/OpmlBase.td"

def Opml_LogSoftmaxOp : Opml_ComputeOperator<"LogSoftmax", [Opml_Anchor],
    [Since<1>, Since<11>, SinceShared<13, "fromCoercedMatrix">]> {
  let summary = "logarithm of Softmax along an axis";
  let description = [{
    With the maximum M along the axis, E = exp(X - M), and S the sum of the E along the axis in
    ascending order from +0: Y = (X - M) - log(S). Each operation is rounded. Before version 13 the
    operand is a matrix whose columns begin with dimension `axis`, here said by `coerced`.

    C1. axis is a dimension of the operand, counted from the end where it is negative; with
        coerced it may also be the rank.
  }];
  let arguments = (ins Opml_Float32Tensor:$input,
                       DefaultValuedAttr<I64Attr, "-1">:$axis,
                       Opml_CoercedAttr:$coerced);
  let results = (outs Opml_Float32Tensor:$output);
}

#endif // OPML_DIALECT_OPERATORS_LOGSOFTMAX_TD
