#ifndef OPML_DIALECT_OPERATORS_EXP_TD
#define OPML_DIALECT_OPERATORS_EXP_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ExpOp : Opml_ElementwiseOperator<"Exp", [],
    [Since<1>, SinceShared<6, "dropConsumedInputs">, Since<13>]> {
  let summary = "e to the power of each element";
  let description = [{
    Y = exp(X), at most one unit in the last place from the correctly
    rounded result (docs/numerics.md).
  }];
  let arguments = (ins Opml_Float32Tensor:$X);
  let results = (outs Opml_Float32Tensor:$Y);
}

#endif // OPML_DIALECT_OPERATORS_EXP_TD
