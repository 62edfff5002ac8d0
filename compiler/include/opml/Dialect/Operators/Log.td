#ifndef OPML_DIALECT_OPERATORS_LOG_TD
#define OPML_DIALECT_OPERATORS_LOG_TD

include "opml/Dialect/OpmlBase.td"

def Opml_LogOp : Opml_ElementwiseOperator<"Log", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "natural logarithm of each element";
  let description = [{
    Y = log(X), NaN for negative X, at most one unit in the last place from the correctly
    rounded result (docs/numerics.md).
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_LOG_TD
